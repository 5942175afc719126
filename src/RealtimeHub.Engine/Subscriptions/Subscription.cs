using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Subscriptions;

/// <summary>One connection's interest in one channel.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Subscription : IRedeliveryTarget
{
    private readonly ConnectionPump _pump;
    private readonly Lock _gate = new();
    private readonly Queue<PendingAck> _again = new();

    public Subscription(ConnectionPump pump, Channel channel, CursorTerms terms, long served)
    {
        _pump = pump;
        Cursor = new Cursor(channel, pump, terms, served);
    }

    public string Id => Cursor.Terms.Id;

    public Cursor Cursor { get; }

    /// <summary>The patterns in force, on channels with patterns.</summary>
    public IReadOnlyList<EventPattern>? Patterns { get; set; }

    /// <summary>The condition on tags.</summary>
    public TagCondition? Tags { get; init; }

    /// <summary>Whether it was given, not asked for: a connection that receives everything until its first subscribe.</summary>
    public bool IsImplicit { get; set; }

    public ConsumerKey? Consumer { get; set; }

    /// <summary>What to call when it has ended.</summary>
    public Action? Left { get; init; }

    public long Served => Cursor.Served;

    public SubscriptionPosition Position =>
        new(Id, Cursor.Channel.Name, Cursor.Channel.Log.Epoch, Cursor.Served, Cursor.Channel.Log.Newest);

    /// <summary>This subscription on a sibling of its channel, from the newest frame on.</summary>
    public Subscription OnRung(Channel channel, int rung)
    {
        var position = channel.Log.Position;
        var moved = new Subscription(_pump, channel, Cursor.TermsOn(rung), position.Offset) { Patterns = Patterns, Tags = Tags };
        moved.Cursor.StartWith(RungStart.At(channel, position, Cursor.Terms));
        return moved;
    }

    public void Redeliver(PendingAck pending)
    {
        lock (_gate)
        {
            if (_again.Contains(pending))
            {
                return;
            }

            _again.Enqueue(pending);
        }

        _pump.Redeliver();
    }

    /// <summary>The next frame that comes again, if any still has to.</summary>
    public Frame? TakeRedelivery()
    {
        lock (_gate)
        {
            while (_again.TryDequeue(out var pending))
            {
                if (!pending.IsAcknowledged)
                {
                    return pending.Frame;
                }
            }

            return null;
        }
    }
}
