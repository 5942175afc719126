namespace RealtimeHub.Protocol.Workspace;

/// <summary>Which team a spec or an agent belongs to.</summary>
/// <param name="Kind"><c>spec</c> or <c>agent</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Team">The team.</param>
public sealed record ResourceOwner(string Kind, string Id, string Team);
