using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Pumps;

// What is written next. Called by the loop, one call at a time.
internal sealed partial class ConnectionPump
{
    // The latency of every 64th frame of a connection is measured, its first among them.
    private const long DeliveriesPerSample = 63;

    // Chooses one write and starts it; false when there is nothing to write.
#pragma warning disable CA2012 // The one caller of these methods consumes the write once.
    private bool TryWriteNext(out ValueTask write)
    {
        if (_isClosed || Closed.IsCancellationRequested)
        {
            _behind.Clear();
            write = default;
            return false;
        }

        if (_close is { IsPatient: false } close)
        {
            write = _sink.WriteAsync(CloseMessage(close));
            return true;
        }

        if (Volatile.Read(ref _notices) is { } notices && notices.TryDequeue(out var notice))
        {
            write = _sink.WriteAsync(notice);
            return true;
        }

        _ready.TakeAll(_behind);
        if (Volatile.Read(ref _isHeartbeatDue) && TryHeartbeat(out write))
        {
            return true;
        }

        if (Volatile.Read(ref _isRedeliveryDue) && TryRedeliver(out write))
        {
            return true;
        }

        while (_behind.Count > 0 && _close is not { IsPatient: false })
        {
            var cursor = _behind.Count == 1 ? _behind[0] : Earliest();
            if (TryMove(cursor, out write))
            {
                return true;
            }

            _ready.TakeAll(_behind);
        }

        write = default;
        if (_close is not { } order)
        {
            return false;
        }

        // Everything is delivered; from here the client has as long as with any other close.
        if (!_isCloseAnnounced && order.IsPatient)
        {
            _ = AbortLaterAsync();
        }

        write = _sink.WriteAsync(CloseMessage(order));
        return true;
    }

    // Moves one cursor to its next write; false when it had none, and is off the list or has only passed frames over.
    private bool TryMove(Cursor cursor, out ValueTask write)
    {
        write = default;
        if (cursor.IsDetached)
        {
            _behind.Remove(cursor);
            return false;
        }

        var delivery = cursor.MoveNext();
        switch (delivery.Kind)
        {
            case DeliveryKind.Frame:
                _delivered++;
                write = _sink.WriteAsync(delivery.Frame!);
                if ((_delivered & DeliveriesPerSample) == 1 || delivery.Frame!.Trace is not null)
                {
                    _engine.Metrics.Delivered(delivery.Frame!, cursor.Channel.Name);
                }

                return true;
            case DeliveryKind.Gap:
                Volatile.Write(ref _lost, _lost + ((Gap)delivery.Notice!).Count);
                write = _sink.WriteAsync(delivery.ToMessage());
                return true;
            case DeliveryKind.None:
                _behind.Remove(cursor);
                cursor.Unqueue();
                if (cursor.HasWork && cursor.TryQueue())
                {
                    _ready.Add(cursor);
                }

                return false;
            case DeliveryKind.Yield:
                return false;
            case DeliveryKind.Disconnect:
                _behind.Remove(cursor);
                Close(CloseReasons.SlowConsumer, $"More than {cursor.Terms.Limits.Frames} frames or {cursor.Terms.Limits.Bytes} bytes were waiting on {cursor.Channel.Name}.");
                return false;
            case DeliveryKind.Coarsened or DeliveryKind.Refined:
                return TryChangeRung(cursor, delivery, out write);
            case DeliveryKind.Ended:
                _behind.Remove(cursor);
                Subscriptions.Remove(cursor);
                write = _sink.WriteAsync(delivery.ToMessage());
                return true;
            default:
                write = _sink.WriteAsync(delivery.ToMessage());
                return true;
        }
    }

    // The notice goes out ahead of the sibling's own start.
    private bool TryChangeRung(Cursor cursor, Delivery delivery, out ValueTask write)
    {
        var rung = cursor.Terms.Rung + (delivery.Kind is DeliveryKind.Coarsened ? 1 : -1);
        if (!Subscriptions.TryChangeRung(cursor, rung))
        {
            cursor.StayHere();
            write = default;
            return false;
        }

        _behind.Remove(cursor);
        write = _sink.WriteAsync(delivery.ToMessage());
        return true;
    }

    // The family with the lowest number goes first. In it, what was appended first is written first, whatever its log: raw sends
    // keep the order that they were made in.
    private Cursor Earliest()
    {
        var earliest = _behind[0];
        var (priority, stamp) = (earliest.Channel.Family.Priority, earliest.NextStamp());
        for (var i = 1; i < _behind.Count; i++)
        {
            var other = _behind[i];
            var otherPriority = other.Channel.Family.Priority;
            if (otherPriority <= priority && (otherPriority < priority || other.NextStamp() < stamp))
            {
                (earliest, priority, stamp) = (other, otherPriority, other.NextStamp());
            }
        }

        return earliest;
    }

    // What was passed over or lost is told first, so that the positions are complete.
    private bool TryHeartbeat(out ValueTask write)
    {
        foreach (var subscription in Subscriptions.Snapshot())
        {
            if (subscription.Cursor.TakeNotice() is { } notice)
            {
                write = _sink.WriteAsync(notice.ToMessage());
                return true;
            }
        }

        Volatile.Write(ref _isHeartbeatDue, false);
        var interval = (int)_engine.Options.HeartbeatInterval.TotalSeconds;
        var heartbeat = new Heartbeat(_engine.Clock.GetUtcNow(), interval, Subscriptions.Positions());
        write = _sink.WriteAsync(new InvocationMessage(nameof(IRealtimeClient.Heartbeat), [heartbeat]));
        return true;
    }

    private bool TryRedeliver(out ValueTask write)
    {
        Volatile.Write(ref _isRedeliveryDue, false);
        foreach (var subscription in Subscriptions.Snapshot())
        {
            // Nothing comes again ahead of the notice that the subscription has started.
            if (subscription.Cursor.IsSeeking)
            {
                Volatile.Write(ref _isRedeliveryDue, true);
            }
            else if (subscription.TakeRedelivery() is { } frame)
            {
                Volatile.Write(ref _isRedeliveryDue, true);
                _engine.Metrics.Redelivered();
                write = _sink.WriteAsync(frame);
                return true;
            }
        }

        write = default;
        return false;
    }

    private HubMessage CloseMessage(CloseOrder close)
    {
        if (!_isCloseAnnounced)
        {
            _isCloseAnnounced = true;
            var control = new Control(close.Reason.Code, close.Message, close.Reason.Reconnect, close.RetryAfterMs);
            return new InvocationMessage(nameof(IRealtimeClient.Control), [control]);
        }

        _isClosed = true;
        return new CloseMessage(close.Reason.Reconnect ? null : close.Message, close.Reason.Reconnect);
    }
}
