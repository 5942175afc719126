using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace RealtimeHub.Engine.Transport;

/// <summary>The output of an upgraded connection, to which its pump, SignalR and the WebSocket itself write in turn, whole messages each.</summary>
/// <remarks>
/// Thread-safe in that turns exclude each other; what is appended between the beginning and the end of a turn belongs to that turn.
/// Bytes go to the socket by a system call of the thread that writes, as long as the socket takes them; what it does not take goes the
/// server's way, whose flush ends when all of it is taken. Connections without a plain socket of their own (TLS) go that way always.
/// </remarks>
#pragma warning disable CA1001 // The semaphore's wait handle, the one thing to dispose of, is never made.
internal sealed class SharedOutput(PipeWriter output, Socket? socket, FlushQueue queue, TimeProvider clock)
#pragma warning restore CA1001
{
    private const int SmallestBuffer = 4 << 10;

    // Most turns meet nobody else; the semaphore is for those that do.
    private readonly SemaphoreSlim _passed = new(0);
    private int _isTaken;
    private int _waiting;
    private byte[] _buffer = [];
    private bool _isPiped;
    private long _flushingSince;
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
        bytes.CopyTo(Reserve(bytes.Length));
        Unflushed += bytes.Length;
    }

    /// <summary>Appends one WebSocket message.</summary>
    public void AppendMessage(ReadOnlySpan<byte> payload, bool isBinary)
    {
        var free = Reserve(WebSocketHeader.MaxLength + payload.Length);
        var header = WebSocketHeader.Write(free, payload.Length, isBinary);
        payload.CopyTo(free[header..]);
        Unflushed += header + payload.Length;
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

    /// <summary>Ends the turn; what was appended is flushed soon, together with what follows.</summary>
    public ValueTask EndSoon()
    {
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
            flush = Flush();
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

        NoteFlushed(flush.Result);
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
            NoteFlushed(await flush);
        }
        finally
        {
            Volatile.Write(ref _flushingSince, 0);
            Pass();
        }
    }

    private Span<byte> Reserve(int length)
    {
        var needed = Unflushed + length;
        if (needed > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(SmallestBuffer, _buffer.Length * 2)));
            _buffer.AsSpan(0, Unflushed).CopyTo(larger);
            Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(Unflushed);
    }

    private ValueTask<FlushResult> Flush()
    {
        // A connection that waits for its next frame holds no buffer.
        var (buffer, length) = (_buffer, Unflushed);
        (_buffer, Unflushed) = ([], 0);
        try
        {
            var rest = buffer.AsSpan(0, length);
            if (socket is not null && !_isPiped)
            {
                rest = rest[Send(rest)..];
            }

            return rest.IsEmpty && !_isPiped ? default : Pipe(rest);
        }
        finally
        {
            Return(buffer);
        }
    }

    // A flush that was cancelled leaves something in the pipe, and what follows has to go the same way.
    private void NoteFlushed(FlushResult result) => _isPiped &= result.IsCanceled;

    private static void Return(byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Returns how many bytes are done with: those that the socket took, or all of them if there is nobody to take them.
    private int Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            for (var sent = 0; sent < bytes.Length;)
            {
                sent += socket!.Send(bytes[sent..], SocketFlags.None, out var error);
                if (error == SocketError.WouldBlock)
                {
                    return sent;
                }

                if (error != SocketError.Success)
                {
                    break;
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // The server has closed the connection.
        }

        // If the connection is gone, the server notices by itself: its reading ends.
        return bytes.Length;
    }

    private ValueTask<FlushResult> Pipe(ReadOnlySpan<byte> bytes)
    {
        _isPiped = true;
        output.Write(bytes);
        return output.FlushAsync(CancellationToken.None);
    }
}
