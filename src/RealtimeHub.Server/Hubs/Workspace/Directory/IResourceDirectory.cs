namespace RealtimeHub.Server.Hubs.Workspace.Directory;

/// <summary>Knows which team specs and agents belong to. One that cannot answer throws, and the caller is refused.</summary>
internal interface IResourceDirectory
{
    /// <summary>The team of a resource; null if there is no such resource.</summary>
    /// <param name="kind"><c>spec</c> or <c>agent</c>.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">The caller's end.</param>
    ValueTask<string?> FindTeamAsync(string kind, string id, CancellationToken cancellationToken);
}
