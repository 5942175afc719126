using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Events;

/// <summary>Removes patterns, or with no list all of them, which returns to receiving everything.</summary>
public sealed record UnsubscribeEventsRequest : HubRequest
{
    /// <summary>The patterns to remove. Removing the last by name leaves none: nothing is delivered.</summary>
    public IReadOnlyList<string>? Events { get; init; }
}
