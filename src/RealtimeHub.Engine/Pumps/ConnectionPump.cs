using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Pumps;

/// <summary>The one loop that writes to one connection. It runs while a cursor is behind and the connection takes writes.</summary>
/// <remarks>
/// Waking it is thread-safe and never waits: whoever wakes an idle pump runs it, up to the first write that does not
/// complete at once; that write's completion goes on from there. A stalled connection costs this object and one
/// unfinished write. There is one write per round, chosen after the state has been moved past it.
/// </remarks>
internal sealed class ConnectionPump : ICursorReader, IThreadPoolWorkItem
{
    // How many writes one caller makes before the pump goes on by itself, so that a long replay does not hold up a fan-out.
    private const int WritesPerTurn = 64;

    private const int Idle = 0;
    private const int Running = 1;
    private const int RunningWoken = 2;

    private readonly IFrameSink _sink;
    private readonly EngineContext _engine;
    private readonly List<Cursor> _behind = [];
    private readonly Action _goOn;
    private ReadyList _ready;
    private int _state;
    private ValueTaskAwaiter _unfinished;
    private bool _isHeartbeatDue;
    private bool _isRedeliveryDue;
    private CloseOrder? _close;
    private bool _isCloseAnnounced;
    private bool _isClosed;
    private long _delivered;
    private int _openCalls;
    private long _lastCallTicks;

    public ConnectionPump(string connectionId, string? userId, IFrameSink sink, EngineContext engine)
    {
        ConnectionId = connectionId;
        UserId = userId;
        _sink = sink;
        _engine = engine;
        _goOn = GoOn;
        Subscriptions = new SubscriptionTable(this);
        NoteActivity();
    }

    public string ConnectionId { get; }

    public string? UserId { get; }

    public SubscriptionTable Subscriptions { get; }

    /// <summary>When a call last began or ended.</summary>
    public DateTimeOffset LastCall => new(Volatile.Read(ref _lastCallTicks), TimeSpan.Zero);

    /// <summary>How many calls are at work: uploads and streams take long.</summary>
    public int OpenCalls => Volatile.Read(ref _openCalls);

    public long Delivered => Volatile.Read(ref _delivered);

    public bool IsClosing => Volatile.Read(ref _close) is not null;

    public CancellationToken Closed => _sink.Closed;

    public void Wake(Cursor cursor)
    {
        if (cursor.TryQueue())
        {
            _ready.Add(cursor);
            Wake();
        }
    }

    public void Heartbeat()
    {
        // A full fence: what is due is to be seen before the state is looked at.
        Interlocked.Exchange(ref _isHeartbeatDue, true);
        Wake();
    }

    public void Redeliver()
    {
        Interlocked.Exchange(ref _isRedeliveryDue, true);
        Wake();
    }

    public void CallBegins()
    {
        Interlocked.Increment(ref _openCalls);
        NoteActivity();
    }

    public void CallEnds()
    {
        Interlocked.Decrement(ref _openCalls);
        NoteActivity();
    }

    public void NoteActivity() => Volatile.Write(ref _lastCallTicks, _engine.Clock.GetUtcNow().UtcTicks);

    public void Close(CloseReason reason, string message) => Close(new CloseOrder(reason, message, null));

    public void Close(CloseOrder order)
    {
        if (Interlocked.CompareExchange(ref _close, order, null) is not null || Closed.IsCancellationRequested)
        {
            return;
        }

        var isSlow = order.Reason == CloseReasons.SlowConsumer;
        if (isSlow)
        {
            _engine.SlowConsumers.Remember(this);
        }

        EngineLog.ConnectionClosedByServer(_engine.Logger, isSlow ? LogLevel.Warning : LogLevel.Debug, ConnectionId, order.Reason.Code, order.Message);
        _ = AbortLaterAsync();
        Wake();
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort() => _sink.Abort();

    void IThreadPoolWorkItem.Execute() => Run();

    private void Wake()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state == RunningWoken)
            {
                return;
            }

            var next = state == Idle ? Running : RunningWoken;
            if (Interlocked.CompareExchange(ref _state, next, state) == state)
            {
                if (next == Running)
                {
                    Run();
                }

                return;
            }
        }
    }

    private void Run()
    {
        for (var writes = 0; ; writes++)
        {
            if (writes == WritesPerTurn)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            try
            {
                if (WriteNext(out var write))
                {
                    if (write.IsCompletedSuccessfully)
                    {
                        continue;
                    }

                    _unfinished = write.GetAwaiter();
                    _unfinished.UnsafeOnCompleted(_goOn);
                    return;
                }
            }
#pragma warning disable CA1031 // Whoever published must not suffer for one connection.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Fail(exception);
            }

            if (Interlocked.CompareExchange(ref _state, Idle, Running) == Running)
            {
                return;
            }

            // A full fence: whoever wakes the pump after it has looked finds it running, and wakes it again.
            Interlocked.Exchange(ref _state, Running);
        }
    }

    private void GoOn()
    {
        try
        {
            _unfinished.GetResult();
        }
#pragma warning disable CA1031 // Thrown on a thread of the pool, it would end the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }

        Run();
    }

    private void Fail(Exception exception)
    {
        _isClosed = true;
        if (!Closed.IsCancellationRequested)
        {
            EngineLog.PumpFailed(_engine.Logger, exception, ConnectionId);
        }

        _sink.Abort();
    }

    // Chooses one write and starts it; false when there is nothing to write.
#pragma warning disable CA2012 // The one caller of these methods consumes the write once.
    private bool WriteNext(out ValueTask write)
    {
        if (_isClosed || Closed.IsCancellationRequested)
        {
            _behind.Clear();
            write = default;
            return false;
        }

        if (_close is { } close)
        {
            write = _sink.WriteAsync(CloseMessage(close));
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

        while (_behind.Count > 0 && _close is null)
        {
            var cursor = _behind.Count == 1 ? _behind[0] : Earliest();
            if (TryMove(cursor, out write))
            {
                return true;
            }

            _ready.TakeAll(_behind);
        }

        write = default;
        return false;
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

    // What was appended first is written first, whatever its log: raw sends keep the order that they were made in.
    private Cursor Earliest()
    {
        var earliest = _behind[0];
        var stamp = earliest.NextStamp();
        for (var i = 1; i < _behind.Count; i++)
        {
            var other = _behind[i].NextStamp();
            if (other < stamp)
            {
                (earliest, stamp) = (_behind[i], other);
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

    private async Task AbortLaterAsync()
    {
        try
        {
            await Task.Delay(_engine.Options.CloseTimeout, _engine.Clock, Closed);
            _sink.Abort();
        }
        catch (OperationCanceledException)
        {
            // The client has gone by itself.
        }
    }
}
