using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Workspace;

/// <summary>Asks who is in a channel.</summary>
public sealed record PresenceRequest : HubRequest
{
    /// <summary>The channel.</summary>
    public string? Channel { get; init; }
}
