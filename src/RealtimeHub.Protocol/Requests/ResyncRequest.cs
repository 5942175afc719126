using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Protocol.Requests;

/// <summary>Sets one subscription back to a position; what came after it is delivered again.</summary>
public sealed record ResyncRequest : HubRequest
{
    /// <summary>The subscriber's own id; this or <see cref="Channel"/> is needed.</summary>
    public string? Id { get; init; }

    /// <summary>The channel; this or <see cref="Id"/> is needed.</summary>
    public string? Channel { get; init; }

    /// <summary>The last position that the client has accounted for.</summary>
    public StreamPosition? From { get; init; }
}
