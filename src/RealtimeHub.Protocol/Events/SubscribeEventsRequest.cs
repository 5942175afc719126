using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Events;

/// <summary>Subscribes to security events. A further call adds patterns; a start position counts on the first call only.</summary>
public sealed record SubscribeEventsRequest : SubscribeRequest
{
    /// <summary>Patterns of event types, 1 to 64 of up to 200 characters: <c>*</c>, <c>alert.*</c>, <c>camera.offline</c>; <c>?</c> is one character, <c>[ab]</c> one of a set, <c>*</c> crosses dots.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>The name of a consumer, 1 to 50 characters: it acknowledges, and gets again what it did not. Default: none, just watching.</summary>
    public string? Consumer { get; init; }
}
