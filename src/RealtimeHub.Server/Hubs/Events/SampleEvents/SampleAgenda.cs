using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

/// <summary>Events that will be told, in order of time; at the same time, in the order they were added. Not thread-safe.</summary>
internal sealed class SampleAgenda
{
    private readonly PriorityQueue<PublishEvent, (DateTimeOffset At, long Order)> _events = new();
    private long _added;

    /// <summary>When the next one happens; nothing when there is none.</summary>
    public DateTimeOffset? NextAt => _events.TryPeek(out _, out var key) ? key.At : null;

    public void Add(PublishEvent told) => _events.Enqueue(told, (told.Timestamp!.Value, _added++));

    public PublishEvent Take() => _events.Dequeue();
}
