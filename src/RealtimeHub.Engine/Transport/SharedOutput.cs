using System.IO.Pipelines;

namespace RealtimeHub.Engine.Transport;

/// <summary>The output of an upgraded connection, to which its pump, SignalR and the WebSocket itself write in turn, whole messages each.</summary>
/// <remarks>
/// Thread-safe in that turns exclude each other; what is appended between the beginning and the end of a turn belongs to that turn.
/// Bytes go straight into the server's own output buffers, without one in between.
/// </remarks>
#pragma warning disable CA1001 // The semaphore's wait handle, the one thing to dispose of, is never made.
internal sealed class SharedOutput(PipeWriter output, FlushQueue queue, TimeProvider clock)
#pragma warning restore CA1001
{
    // A connection that was flushed less than this ago is in a burst.
    private static readonly TimeSpan BurstInterval = TimeSpan.FromMilliseconds(0.5);

    // Most turns meet nobody else; the semaphore is for those that do.
    private readonly SemaphoreSlim _passed = new(0);
    private int _isTaken;
    private int _waiting;
    private Memory<byte> _chunk;
    private int _used;
    private long _flushingSince;
    private long _flushedAt;
    private int _isQueued;
    private bool _isClosed;
    private long _heardAt = clock.GetTimestamp();

    /// <summary>Whether the hub has said its last word. What it still has to say is not said.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>The next output in the queue. Used only by the queue.</summary>
    public SharedOutput? NextToFlush { get; set; }

    /// <summary>Bytes appended and not flushed.</summary>
    public int Unflushed { get; private set; }

    /// <summary>How long the connection has not taken what was last flushed to it.</summary>
    public TimeSpan Stuck => Volatile.Read(ref _flushingSince) is > 0 and var since ? clock.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>How long nothing has come from the other side.</summary>
    public TimeSpan Silence => clock.GetElapsedTime(Volatile.Read(ref _heardAt));

    /// <summary>Notes that something came from the other side.</summary>
    public void Heard() => Volatile.Write(ref _heardAt, clock.GetTimestamp());

    /// <summary>Begins a turn, if nobody has one.</summary>
    public bool TryBegin() => Volatile.Read(ref _waiting) == 0 && TryTake();

    /// <summary>Begins a turn when those before have ended.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            while (!TryTake())
            {
                await _passed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Appends bytes that are framed already.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Unflushed += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var free = _chunk.Span[_used..];
            if (free.IsEmpty)
            {
                NextChunk();
                continue;
            }

            var part = bytes[..Math.Min(bytes.Length, free.Length)];
            part.CopyTo(free);
            _used += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>Appends one WebSocket message.</summary>
    public void AppendMessage(ReadOnlySpan<byte> payload, bool isBinary)
    {
        Span<byte> header = stackalloc byte[WebSocketHeader.MaxLength];
        Append(header[..WebSocketHeader.Write(header, payload.Length, isBinary)]);
        Append(payload);
    }

    /// <summary>Ends a turn in which nothing was appended.</summary>
    public void Pass()
    {
        Interlocked.Exchange(ref _isTaken, 0);

        // One token is enough: whoever takes it and finds the turn taken waits for the next.
        if (Volatile.Read(ref _waiting) > 0 && _passed.CurrentCount == 0)
        {
            _passed.Release();
        }
    }

    /// <summary>Ends the turn; in a burst what was appended is flushed soon, together with what follows, else now.</summary>
    public ValueTask EndSoonAsync()
    {
        if (Volatile.Read(ref _isQueued) == 0 && clock.GetElapsedTime(_flushedAt) >= BurstInterval)
        {
            return EndAsync();
        }

        Pass();
        if (Interlocked.Exchange(ref _isQueued, 1) == 0)
        {
            queue.Add(this);
        }

        return default;
    }

    /// <summary>Flushes what earlier turns have left.</summary>
    public void FlushQueued()
    {
        Interlocked.Exchange(ref _isQueued, 0);

        // Whoever has the turn flushes at its end, or queues again.
        if (TryBegin())
        {
            _ = EndQueuedAsync();
        }
    }

    /// <summary>Flushes what was appended and ends the turn, at once or when the connection has taken it.</summary>
    public ValueTask EndAsync()
    {
        ValueTask<FlushResult> flush;
        try
        {
            CompleteChunk();
            _flushedAt = clock.GetTimestamp();
            flush = output.FlushAsync(CancellationToken.None);
        }
        catch
        {
            Pass();
            throw;
        }

        if (!flush.IsCompletedSuccessfully)
        {
            return EndLaterAsync(flush);
        }

        _ = flush.Result;
        Pass();
        return default;
    }

    /// <summary>Lets nothing more of the hub through: the last word is said.</summary>
    public void Close() => Volatile.Write(ref _isClosed, true);

    /// <summary>Lets nothing more of the hub through, and ends the flush that a turn waits for.</summary>
    public void Cancel()
    {
        Close();
        output.CancelPendingFlush();
    }

    /// <summary>Lets the turn that goes on end, and no other of the hub begin.</summary>
    public async Task CloseAsync()
    {
        Close();
        if (!TryBegin())
        {
            output.CancelPendingFlush();
            await BeginAsync(CancellationToken.None);
        }

        // What was said before goes out; nobody waits for a connection that does not take it.
        var end = EndAsync();
        output.CancelPendingFlush();
        await end;
    }

    private bool TryTake() => Interlocked.CompareExchange(ref _isTaken, 1, 0) == 0;

    private async Task EndQueuedAsync()
    {
        try
        {
            await EndAsync();
        }
#pragma warning disable CA1031 // The connection is gone; its next write says so to whoever makes it.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private async ValueTask EndLaterAsync(ValueTask<FlushResult> flush)
    {
        Volatile.Write(ref _flushingSince, Math.Max(1, clock.GetTimestamp()));
        try
        {
            await flush;
        }
        finally
        {
            Volatile.Write(ref _flushingSince, 0);
            Pass();
        }
    }

    private void NextChunk()
    {
        if (_used > 0)
        {
            output.Advance(_used);
        }

        _chunk = output.GetMemory();
        _used = 0;
    }

    private void CompleteChunk()
    {
        if (_used > 0)
        {
            output.Advance(_used);
        }

        _chunk = default;
        _used = 0;
        Unflushed = 0;
    }
}
