using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Subscriptions;

/// <summary>The subscriptions of one connection, by the subscriber's ids.</summary>
/// <remarks>Thread-safe. Its lock is taken before a channel's, never the other way round.</remarks>
internal sealed class SubscriptionTable(ConnectionPump pump)
{
    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];
    private Subscription[]? _snapshot = [];
    private bool _isClosed;

    public int Count => Snapshot().Length;

    /// <summary>Called under the table's lock with a subscription that has left, to leave the hub's group as well.</summary>
    public Action<Subscription>? Removed { get; set; }

    /// <summary>Called under the table's lock with a subscription that went over to a sibling channel, to join the hub's group as well.</summary>
    public Action<Subscription>? Moved { get; set; }

    public Subscription[] Snapshot()
    {
        lock (_gate)
        {
            return _snapshot ??= [.. _subscriptions];
        }
    }

    public IReadOnlyList<SubscriptionPosition> Positions() => Array.ConvertAll(Snapshot(), s => s.Position);

    public Subscription? Find(string id) => Array.Find(Snapshot(), s => s.Id == id);

    public Subscription? FindByChannel(string channel) => Array.Find(Snapshot(), s => s.Cursor.Channel.Name == channel);

    /// <summary>Adds a subscription and attaches its cursor; false when the connection has ended meanwhile.</summary>
    public bool TryAdd(Subscription subscription)
    {
        lock (_gate)
        {
            if (_isClosed || pump.Closed.IsCancellationRequested)
            {
                return false;
            }

            _subscriptions.Add(subscription);
            _snapshot = null;
            subscription.Cursor.Channel.AttachAsleep(subscription.Cursor);
        }

        // Not before it can be found: a channel that has ended already ends the subscription in the reader's first turn.
        Channel.WakeIfBehind(subscription.Cursor);
        return true;
    }

    /// <summary>Puts a subscription on a sibling of its channel, live; false where that cannot be.</summary>
    public bool TryChangeRung(Cursor cursor, int rung)
    {
        if (cursor.Terms.Ladder?.At(rung) is not { } channel || FindByChannel(channel.Name) is not null)
        {
            return false;
        }

        Subscription moved;
        lock (_gate)
        {
            var index = _subscriptions.FindIndex(s => s.Cursor == cursor);
            if (_isClosed || index < 0)
            {
                return false;
            }

            var left = _subscriptions[index];
            moved = left.OnRung(channel, rung);
            _subscriptions[index] = moved;
            _snapshot = null;
            Leave(left);
            channel.AttachAsleep(moved.Cursor);
            Moved?.Invoke(moved);
        }

        Channel.WakeIfBehind(moved.Cursor);
        return true;
    }

    public bool Remove(Subscription subscription)
    {
        lock (_gate)
        {
            if (!_subscriptions.Remove(subscription))
            {
                return false;
            }

            _snapshot = null;
            Leave(subscription);
            return true;
        }
    }

    public void Remove(Cursor cursor)
    {
        if (Array.Find(Snapshot(), s => s.Cursor == cursor) is { } subscription)
        {
            Remove(subscription);
        }
    }

    /// <summary>Removes everything; nothing can be added afterwards.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (var subscription in _subscriptions)
            {
                Leave(subscription);
            }

            _subscriptions.Clear();
            _snapshot = null;
        }
    }

    private void Leave(Subscription subscription)
    {
        var channel = subscription.Cursor.Channel;
        channel.Detach(subscription.Cursor);
        if (subscription.Consumer is { } consumer)
        {
            channel.Acks?.Detach(consumer, subscription);
        }

        Removed?.Invoke(subscription);
    }
}
