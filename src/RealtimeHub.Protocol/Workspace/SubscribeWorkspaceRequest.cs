using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Workspace;

/// <summary>Subscribes to a spec, an agent or a team.</summary>
public sealed record SubscribeWorkspaceRequest : SubscribeRequest
{
    /// <summary>The channel: <c>spec:{id}</c>, <c>agent:{id}</c> or <c>team:{id}</c>. Blanks around the name and the id are ignored.</summary>
    public string? Channel { get; init; }

    /// <summary>Whether to be seen in the channel and to hear who else is. Default true.</summary>
    public bool? Presence { get; init; }

    /// <summary>What others see of this connection: at most 16 facts, names up to 50 characters, values up to 200.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
