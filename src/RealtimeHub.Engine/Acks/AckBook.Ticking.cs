using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Engine.Acks;

// When frames come again, and when they escalate.
internal sealed partial class AckBook
{
    // The others forget a consumer that they have not heard of for its lifetime.
    private static readonly TimeSpan TellInterval = TimeSpan.FromHours(1);

    /// <summary>Sends again what is due, and returns what has to be escalated.</summary>
    public IReadOnlyList<Escalation> Tick(DateTimeOffset now)
    {
        var escalations = new List<Escalation>();
        var again = new List<(IRedeliveryTarget Target, PendingAck Pending)>();
        lock (_gate)
        {
            foreach (var consumer in _consumers.Values.ToList())
            {
                if (consumer.Targets.Count == 0 && now - consumer.LastConnected >= options.ConsumerLifetime)
                {
                    _consumers.Remove(consumer.Key);
                    continue;
                }

                if (consumer.Targets.Count > 0 && now - consumer.LastTold >= TellInterval)
                {
                    TellOf(consumer);
                }

                Tick(consumer.Pending, consumer, now, escalations, again);
            }

            Tick(_unclaimed, null, now, escalations, again);
        }

        foreach (var (target, pending) in again)
        {
            target.Redeliver(pending);
        }

        return escalations;
    }

    private void Tick(
        SortedDictionary<long, PendingAck> waiting,
        AckConsumer? consumer,
        DateTimeOffset now,
        List<Escalation> escalations,
        List<(IRedeliveryTarget Target, PendingAck Pending)> again)
    {
        var overflow = waiting.Count - options.MaxUnacknowledged;
        foreach (var pending in waiting.Values.ToList())
        {
            if (overflow-- > 0)
            {
                waiting.Remove(pending.Frame.Offset);
                Escalate(pending, consumer, "overflow", escalations);
            }
            else if (!pending.IsEscalated && pending.Due <= now)
            {
                if (pending.Attempts >= options.MaxRedeliveries)
                {
                    Escalate(pending, consumer, "unacknowledged", escalations);
                    if (consumer is null)
                    {
                        waiting.Remove(pending.Frame.Offset);
                    }

                    continue;
                }

                pending.Attempts++;
                pending.Due = now + Delay(pending.Attempts);
                // Where the frame has not been sent once, the cursor still brings it.
                again.AddRange((consumer?.Targets ?? []).Where(t => t.Served >= pending.Frame.Offset).Select(t => (t, pending)));
            }
        }
    }

    private static void Escalate(PendingAck pending, AckConsumer? consumer, string reason, List<Escalation> escalations)
    {
        if (!pending.IsEscalated)
        {
            pending.IsEscalated = true;
            escalations.Add(new Escalation(pending.Frame.Envelope!, consumer?.Key, pending.Attempts, reason));
        }
    }

    // From the first sending to the escalation, with all the jitter there can be.
    private TimeSpan LongestWait()
    {
        var wait = TimeSpan.Zero;
        for (var attempt = 0; attempt <= options.MaxRedeliveries; attempt++)
        {
            wait += TimeSpan.FromMilliseconds(1.3 * Math.Min(options.MaxDelay.TotalMilliseconds, options.BaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30))));
        }

        return wait;
    }

    private PendingAck NewPending(Frame frame) => new(frame, channel.Clock.GetUtcNow() + Delay(0));

    // 1 s, 2 s, 4 s … 30 s, and 10 to 30 % more.
    private TimeSpan Delay(int attempt)
    {
        var delay = Math.Min(options.MaxDelay.TotalMilliseconds, options.BaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30)));
        return TimeSpan.FromMilliseconds(delay * (1.1 + (0.2 * Random.NextDouble())));
    }
}
