using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Engine.Pumps;

/// <summary>The one loop that writes to one connection. It runs while a cursor is behind and the connection takes writes.</summary>
/// <remarks>
/// Waking it is thread-safe and never waits: whoever wakes an idle pump runs it, up to the first write that does not
/// complete at once; that write's completion goes on from there. A stalled connection costs this object and one
/// unfinished write. There is one write per round, chosen after the state has been moved past it.
/// </remarks>
internal sealed partial class ConnectionPump : ICursorReader, IThreadPoolWorkItem
{
    // How many writes one caller makes before the pump goes on by itself, so that a long replay does not hold up a fan-out.
    private const int WritesPerTurn = 64;

    // More than this waiting means that the connection does not read; what is told here is worth less than its memory.
    private const int MaxNotices = 16;

    private const int Idle = 0;
    private const int Running = 1;
    private const int RunningWoken = 2;

    private readonly IFrameSink _sink;
    private readonly EngineContext _engine;
    private readonly List<Cursor> _behind = [];
    private readonly Action _goOn;
    private ReadyList _ready;
    private int _state;
    private bool _isBurst;
    private ValueTaskAwaiter _unfinished;
    private bool _isHeartbeatDue;
    private bool _isRedeliveryDue;
    private CloseOrder? _close;
    private bool _isCloseAnnounced;
    private bool _isClosed;

    // Most connections are never told anything of their own.
    private ConcurrentQueue<HubMessage>? _notices;
    private long _delivered;
    private long _lost;
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

    /// <summary>Frames announced as lost.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Why the server ends it, once it does.</summary>
    public CloseOrder? Order => Volatile.Read(ref _close);

    /// <summary>The streams that the connection reads.</summary>
    public OpenStreams Streams { get; } = new();

    public bool IsClosing => Volatile.Read(ref _close) is not null;

    public CancellationToken Closed => _sink.Closed;

    /// <summary>How long its connection has not taken what was written.</summary>
    public TimeSpan Stuck => _sink.Stuck;

    public void Wake(Cursor cursor, bool isBurst = false)
    {
        if (!cursor.TryQueue())
        {
            return;
        }

        // An idle pump is run by whoever wakes it, and so may be handed the cursor without the list.
        if (Interlocked.CompareExchange(ref _state, Running, Idle) == Idle)
        {
            _isBurst = isBurst;
            _behind.Add(cursor);
            Run();
            return;
        }

        _ready.Add(cursor);
        Wake();
    }

    /// <summary>Writes a notice of this connection's own; it goes out ahead of frames that wait.</summary>
    public void Tell(HubMessage notice)
    {
        var notices = _notices ?? Interlocked.CompareExchange(ref _notices, new ConcurrentQueue<HubMessage>(), null) ?? _notices;
        if (notices.Count < MaxNotices)
        {
            notices.Enqueue(notice);
            Wake();
        }
    }

    public void Heartbeat()
    {
        // A full fence: what is due is to be seen before the state is looked at.
        Interlocked.Exchange(ref _isHeartbeatDue, true);
        Wake();
    }

    /// <summary>Runs the pump, so that its sink can look at what it holds back.</summary>
    public void Look() => Wake();

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
        // A patient order gives way to any other.
        var earlier = Volatile.Read(ref _close);
        if (earlier is { IsPatient: false } || (earlier is not null && order.IsPatient)
            || Interlocked.CompareExchange(ref _close, order, earlier) != earlier || Closed.IsCancellationRequested)
        {
            return;
        }

        var isSlow = order.Reason == CloseReasons.SlowConsumer;
        if (isSlow)
        {
            _engine.SlowConsumers.Remember(this);
        }

        EngineLog.ConnectionClosedByServer(_engine.Logger, isSlow ? LogLevel.Warning : LogLevel.Debug, ConnectionId, order.Reason.Code, order.Message);
        if (!order.IsPatient)
        {
            _ = AbortLaterAsync();
        }

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
                    _isBurst = false;
                    Run();
                }

                return;
            }
        }
    }

    private void Run()
    {
#pragma warning disable CA2012 // The result of a write is taken once: here when it has completed, else by the continuation.
        ValueTask write = default;
        for (var writes = 0; ; writes++)
        {
            try
            {
                var isTurnOver = writes == WritesPerTurn;
                var isWriting = !isTurnOver && TryWriteNext(out write);
                if (!isWriting)
                {
                    write = _sink.FlushAsync(_isBurst);
                }

                if (!write.IsCompletedSuccessfully)
                {
                    _unfinished = write.GetAwaiter();
                    _unfinished.UnsafeOnCompleted(_goOn);
                    return;
                }

                if (isWriting)
                {
                    continue;
                }

                if (isTurnOver)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
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
#pragma warning restore CA2012
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
        _ = EndWritingAsync();
    }

    private async Task EndWritingAsync()
    {
        try
        {
            await _sink.FlushAsync(isBurst: false);
        }
#pragma warning disable CA1031 // It has failed already; what counts is that nobody waits for it.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
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
