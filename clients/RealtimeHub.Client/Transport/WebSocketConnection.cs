using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace RealtimeHub.Client.Transport;

/// <summary>One WebSocket as the pair of pipes that a hub connection reads and writes.</summary>
/// <remarks>
/// Two loops, owned and awaited by <see cref="DisposeAsync"/>, copy between socket and pipes. The receive loop reads on only
/// while the receive window is open; only then does silence count towards the server timeout. Thread-safe as far as its
/// owner, one hub connection, needs.
/// </remarks>
internal sealed class WebSocketConnection : ConnectionContext
{
    private const int ReadSize = 16 * 1024;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);
    private static readonly PipeOptions PipeOptions = new(
        pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false);

    private readonly Pipe _received = new(PipeOptions);
    private readonly Pipe _toSend = new(PipeOptions);
    private readonly WebSocket _socket;
    private readonly ReceiveWindow _window;
    private readonly TimeProvider _time;
    private readonly TimeSpan _serverTimeout;
    private readonly WebSocketMessageType _sentAs;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _receiving;
    private readonly Task _sending;
    private int _disposed;

    public WebSocketConnection(WebSocket socket, RealtimeClientOptions options, ReceiveWindow window)
    {
        _socket = socket;
        _window = window;
        _time = options.TimeProvider;
        _serverTimeout = options.ServerTimeout;
        _sentAs = options.Encoding == HubEncoding.MessagePack ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        Transport = new DuplexPipe(_received.Reader, _toSend.Writer);
        _receiving = ReceiveAsync();
        _sending = SendAsync();
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await CloseAsync().ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await Transport.Output.CompleteAsync().ConfigureAwait(false);
        await Transport.Input.CompleteAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll(_sending, _receiving).WaitAsync(CloseTimeout, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _socket.Abort();
            await Task.WhenAll(_sending, _receiving).ConfigureAwait(false);
        }

        _socket.Dispose();
        _silence.Dispose();
        _closing.Dispose();
    }

    private async Task ReceiveAsync()
    {
        Exception? error = null;
        try
        {
            while (await ReceiveOneAsync().ConfigureAwait(false))
            {
                var flushed = await _received.Writer.FlushAsync().ConfigureAwait(false);
                if (flushed.IsCompleted)
                {
                    await DiscardAsync().ConfigureAwait(false);
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (_silence.IsCancellationRequested)
        {
            error = new TimeoutException($"The server said nothing for {_serverTimeout.TotalSeconds:0} s.");
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            await DiscardAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            error = e;
        }

        await _received.Writer.CompleteAsync(error).ConfigureAwait(false);
    }

    // False when the server has closed.
    private async ValueTask<bool> ReceiveOneAsync()
    {
        await _window.OpenAsync(_closing.Token).ConfigureAwait(false);
        _silence.CancelAfter(_serverTimeout);
        var memory = _received.Writer.GetMemory(ReadSize);
        var result = await _socket.ReceiveAsync(memory, _silence.Token).ConfigureAwait(false);
        _silence.CancelAfter(Timeout.InfiniteTimeSpan);
        _received.Writer.Advance(result.Count);
        return result.MessageType != WebSocketMessageType.Close;
    }

    // The reader has gone: only the server's close is still of interest. Bounded by the close timeout.
    private async Task DiscardAsync()
    {
        var scratch = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            while ((await _socket.ReceiveAsync(scratch.AsMemory(), CancellationToken.None).ConfigureAwait(false)).MessageType
                != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone without a goodbye; there is nothing left to close.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private async Task SendAsync()
    {
        var reader = _toSend.Reader;
        Exception? error = null;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync().ConfigureAwait(false);
                await SendAsync(read.Buffer).ConfigureAwait(false);
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The receive loop meets the same broken socket and tells the hub connection.
            error = e;
            _socket.Abort();
        }

        await reader.CompleteAsync(error).ConfigureAwait(false);
    }

    private async ValueTask SendAsync(ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return;
        }

        var position = buffer.Start;
        while (buffer.TryGet(ref position, out var segment))
        {
            var isLast = position.GetObject() is null;
            if (!segment.IsEmpty || isLast)
            {
                await _socket.SendAsync(segment, _sentAs, isLast, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
