using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Protocol.Requests;

/// <summary>The answer to a subscribe or a resync: exactly one member is set.</summary>
public sealed record SubscribeResult
{
    /// <summary>The subscription; the same as the notice that stands ahead of its first frame.</summary>
    public Subscribed? Subscription { get; init; }

    /// <summary>Why there is none.</summary>
    public ProtocolError? Error { get; init; }
}
