using RealtimeHub.Engine.Filters;

namespace RealtimeHub.Engine.Acks;

/// <summary>What one consumer has still to acknowledge. Used only under the book's lock.</summary>
internal sealed class AckConsumer(ConsumerKey key, long start)
{
    public ConsumerKey Key { get; } = key;

    /// <summary>Its obligations begin after this offset.</summary>
    public long Start { get; set; } = start;

    public FrameFilter? Filter { get; set; }

    public SortedDictionary<long, PendingAck> Pending { get; } = [];

    public List<IRedeliveryTarget> Targets { get; } = [];

    public DateTimeOffset LastConnected { get; set; }

    public DateTimeOffset LastTold { get; set; }

    /// <summary>Everything up to here is acknowledged or needs no acknowledgement.</summary>
    public long Floor(long newest) => Pending.Count == 0 ? Math.Max(newest, Start) : Pending.First().Key - 1;
}
