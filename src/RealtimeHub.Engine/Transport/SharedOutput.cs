using System.IO.Pipelines;

namespace RealtimeHub.Engine.Transport;

/// <summary>The output of an upgraded connection, to which its pump, SignalR and the WebSocket itself write in turn, whole messages each.</summary>
/// <remarks>
/// Thread-safe in that turns exclude each other; what is appended between the beginning and the end of a turn belongs to that turn.
/// Bytes go straight into the server's own output buffers, without one in between.
/// </remarks>
#pragma warning disable CA1001 // The semaphore's wait handle, the one thing to dispose of, is never made.
internal sealed class SharedOutput(PipeWriter output, TimeProvider clock)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Memory<byte> _chunk;
    private int _used;
    private long _flushingSince;
    private bool _isClosed;

    /// <summary>Whether the hub has left the connection. What it still has to say is not said.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>Bytes appended in this turn.</summary>
    public int Unflushed { get; private set; }

    /// <summary>How long the connection has not taken what was last flushed to it.</summary>
    public TimeSpan Stuck => Volatile.Read(ref _flushingSince) is > 0 and var since ? clock.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Begins a turn, if nobody has one.</summary>
    public bool TryBegin() => _turn.Wait(0);

    /// <summary>Begins a turn when those before have ended.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => _turn.WaitAsync(cancellationToken);

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

    /// <summary>Flushes what was appended and ends the turn, at once or when the connection has taken it.</summary>
    public ValueTask EndAsync()
    {
        CompleteChunk();
#pragma warning disable CA2012 // Consumed once, on either path.
        var flush = output.FlushAsync(CancellationToken.None);
#pragma warning restore CA2012
        if (!flush.IsCompletedSuccessfully)
        {
            return EndLaterAsync(flush);
        }

        _ = flush.Result;
        _turn.Release();
        return default;
    }

    /// <summary>Ends a turn that has failed, without sending more.</summary>
    public void Abandon()
    {
        _chunk = default;
        _used = 0;
        Unflushed = 0;
        _turn.Release();
    }

    /// <summary>Lets the turn that goes on end, and no other of the hub begin.</summary>
    public async Task CloseAsync()
    {
        Volatile.Write(ref _isClosed, true);
        if (!TryBegin())
        {
            output.CancelPendingFlush();
            await BeginAsync(CancellationToken.None);
        }

        _turn.Release();
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
            _turn.Release();
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
