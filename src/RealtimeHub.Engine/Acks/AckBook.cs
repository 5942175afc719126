using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Filters;

namespace RealtimeHub.Engine.Acks;

/// <summary>Who has acknowledged what on one channel: a floor per consumer and the set of frames above it that still wait.</summary>
/// <remarks>Thread-safe. Nothing outside is called with the lock held.</remarks>
internal sealed partial class AckBook(Channel channel, AckOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ConsumerKey, AckConsumer> _consumers = [];

    // Frames that no consumer was there for.
    private readonly SortedDictionary<long, PendingAck> _unclaimed = [];

    /// <summary>Tells other nodes, where there are any. Called with the lock held; must not block or call back.</summary>
    public Action<AckNote>? Tell { get; set; }

    /// <summary>The jitter's source.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Books a frame that requires acknowledgement with every consumer that wants it.</summary>
    public void OnAppended(Frame frame)
    {
        lock (_gate)
        {
            var isClaimed = false;
            foreach (var consumer in _consumers.Values)
            {
                // A consumer that has started since the append found the frame in the log, or begins after it.
                if (frame.Offset > consumer.Start && (consumer.Filter?.Matches(frame) ?? true))
                {
                    consumer.Pending.TryAdd(frame.Offset, NewPending(frame));
                    isClaimed = true;
                }
            }

            // What was there when the node began to follow the channel has escalated elsewhere, if it had to.
            if (!isClaimed && channel.Clock.GetUtcNow() - frame.Place.AppendedAt < LongestWait())
            {
                _unclaimed.Add(frame.Offset, NewPending(frame));
            }
        }
    }

    /// <summary>Connects a subscription to its consumer, which starts with the first. Frames sent before come again at once.</summary>
    /// <returns>How many frames come again; null when the user has too many consumers.</returns>
    public int? Attach(ConsumerKey key, FrameFilter? filter, IRedeliveryTarget target, long served)
    {
        List<PendingAck> again;
        lock (_gate)
        {
            if (!_consumers.TryGetValue(key, out var consumer))
            {
                if (_consumers.Keys.Count(k => k.User == key.User) >= options.MaxConsumersPerUser)
                {
                    return null;
                }

                consumer = new AckConsumer(key, served) { Filter = filter };
                _consumers.Add(key, consumer);
                ClaimKept(consumer);
            }

            consumer.Filter = filter;
            consumer.LastConnected = channel.Clock.GetUtcNow();
            consumer.Targets.Add(target);
            TellOf(consumer);
            again = [.. consumer.Pending.Values.Where(p => p.Frame.Offset <= served && !p.IsEscalated)];
        }

        foreach (var pending in again)
        {
            target.Redeliver(pending);
        }

        return again.Count;
    }

    /// <summary>Gets to know a consumer that is connected to another node.</summary>
    public void Learn(ConsumerKey key, FrameFilter? filter, long start)
    {
        lock (_gate)
        {
            if (!_consumers.TryGetValue(key, out var consumer))
            {
                consumer = new AckConsumer(key, start) { Filter = filter };
                _consumers.Add(key, consumer);
                ClaimKept(consumer);
            }

            consumer.Filter = filter;
            consumer.LastConnected = channel.Clock.GetUtcNow();
        }
    }

    /// <summary>Takes up what was acknowledged on another node.</summary>
    public void Settle(ConsumerKey key, IReadOnlyList<long> offsets)
    {
        lock (_gate)
        {
            if (_consumers.TryGetValue(key, out var consumer))
            {
                foreach (var offset in offsets)
                {
                    if (consumer.Pending.Remove(offset, out var pending))
                    {
                        pending.IsAcknowledged = true;
                    }
                }
            }
        }
    }

    /// <summary>Changes which frames a consumer is held to, from now on.</summary>
    public void Refilter(ConsumerKey key, FrameFilter? filter)
    {
        lock (_gate)
        {
            if (_consumers.TryGetValue(key, out var consumer))
            {
                consumer.Filter = filter;
                TellOf(consumer);
            }
        }
    }

    /// <summary>Forgets what waits, because the frames are those of a history that is lost. Consumers stay, and begin anew.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _unclaimed.Clear();
            foreach (var consumer in _consumers.Values)
            {
                foreach (var pending in consumer.Pending.Values)
                {
                    pending.IsAcknowledged = true;
                }

                consumer.Pending.Clear();
                consumer.Start = channel.Log.Newest;
            }
        }
    }

    public void Detach(ConsumerKey key, IRedeliveryTarget target)
    {
        lock (_gate)
        {
            if (_consumers.TryGetValue(key, out var consumer) && consumer.Targets.Remove(target))
            {
                consumer.LastConnected = channel.Clock.GetUtcNow();
            }
        }
    }

    /// <summary>Acknowledges frames one by one.</summary>
    public AckOutcome Acknowledge(ConsumerKey key, IReadOnlyList<long> offsets)
    {
        lock (_gate)
        {
            if (!_consumers.TryGetValue(key, out var consumer))
            {
                return new AckOutcome([], offsets, 0, 0);
            }

            var acknowledged = new List<long>();
            var unknown = new List<long>();
            foreach (var offset in offsets)
            {
                if (consumer.Pending.Remove(offset, out var pending))
                {
                    pending.IsAcknowledged = true;
                    acknowledged.Add(offset);
                }
                else
                {
                    (WasAcknowledged(consumer, offset) ? acknowledged : unknown).Add(offset);
                }
            }

            if (acknowledged.Count > 0)
            {
                Tell?.Invoke(NoteOf(consumer) with { Acknowledged = acknowledged });
            }

            return new AckOutcome(acknowledged, unknown, consumer.Floor(channel.Log.Newest), consumer.Pending.Count);
        }
    }

    /// <summary>Acknowledges everything up to an offset.</summary>
    public AckOutcome AcknowledgeUpTo(ConsumerKey key, long offset)
    {
        lock (_gate)
        {
            long[] waiting = _consumers.TryGetValue(key, out var consumer) ? [.. consumer.Pending.Keys.Where(o => o <= offset)] : [];
            foreach (var acknowledged in waiting)
            {
                consumer!.Pending.Remove(acknowledged, out var pending);
                pending!.IsAcknowledged = true;
            }

            if (waiting.Length > 0)
            {
                Tell?.Invoke(NoteOf(consumer!) with { Acknowledged = waiting });
            }

            return new AckOutcome(waiting, [], consumer?.Floor(channel.Log.Newest) ?? 0, consumer?.Pending.Count ?? 0);
        }
    }

    private void ClaimKept(AckConsumer consumer)
    {
        foreach (var frame in channel.Log.Read(consumer.Start + 1, int.MaxValue, descending: false))
        {
            if (frame.Envelope!.RequiresAck && (consumer.Filter?.Matches(frame) ?? true))
            {
                _unclaimed.Remove(frame.Offset);
                consumer.Pending.Add(frame.Offset, NewPending(frame));
            }
        }
    }

    private bool WasAcknowledged(AckConsumer consumer, long offset) =>
        offset > consumer.Start
        && offset <= channel.Log.Newest
        && (channel.Log.TryGet(offset) is not { } frame || (frame.Envelope!.RequiresAck && (consumer.Filter?.Matches(frame) ?? true)));

    private void TellOf(AckConsumer consumer)
    {
        consumer.LastTold = channel.Clock.GetUtcNow();
        Tell?.Invoke(NoteOf(consumer));
    }

    private AckNote NoteOf(AckConsumer consumer) => new("", channel.Name, channel.Log.Epoch, consumer.Key.User, consumer.Key.Name)
    {
        Start = consumer.Start,
        Patterns = consumer.Filter?.Patterns?.Select(p => p.Text).ToList(),
        Tags = consumer.Filter?.Tags?.Source,
    };
}
