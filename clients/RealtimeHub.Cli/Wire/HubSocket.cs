using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Cli.Wire;

/// <summary>A hub connection without any logic, in JSON on a bare WebSocket: what comes is kept as it comes, and reading can be stopped.</summary>
/// <remarks>It shares nothing with the client library, so that what it sees proves something. Thread-safe.</remarks>
internal sealed partial class HubSocket : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1e;
    private const int LargeBytes = 8_192;
    private const int ReadBytes = 32 * 1024;

    // {"type":1, … a message begins with its type.
    private const int TypeAt = 8;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly List<WirePush> _pushes = [];
    private readonly Dictionary<string, TaskCompletionSource<JsonElement>> _calls = [];
    private readonly Dictionary<string, Channel<JsonElement>> _streams = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly Action<ReadOnlyMemory<byte>>? _observer;
    private HttpMessageInvoker? _invoker;
    private TaskCompletionSource _arrived = NewSignal();
    private TaskCompletionSource? _paused;
    private Task _reading = Task.CompletedTask;
    private int _lastId;
    private int _isDisposed;

    private HubSocket(TimeProvider time, Action<ReadOnlyMemory<byte>>? observer) => (_time, _observer) = (time, observer);

    /// <summary>Completes when the connection has ended.</summary>
    public Task Ended => _reading;

    /// <summary>Everything pushed so far, in order.</summary>
    public IReadOnlyList<WirePush> Pushes
    {
        get
        {
            lock (_gate)
            {
                return [.. _pushes];
            }
        }
    }

    /// <summary>Connects and shakes hands.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="pathAndQuery">The hub.</param>
    /// <param name="headers">Who is asking.</param>
    /// <param name="time">The clock.</param>
    /// <param name="receiveBytes">How much the machine may keep before it is read; null for what it likes.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="observer">Is given every push and item of a stream as it is, and nothing of them is kept; null keeps them.</param>
    /// <exception cref="WireException">The server refuses, or is not there.</exception>
    public static async Task<HubSocket> ConnectAsync(
        Uri server,
        string pathAndQuery,
        IEnumerable<KeyValuePair<string, string>> headers,
        TimeProvider time,
        int? receiveBytes,
        CancellationToken cancellationToken,
        Action<ReadOnlyMemory<byte>>? observer = null)
    {
        var connection = new HubSocket(time, observer);
        using var limit = new CancellationTokenSource(ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            foreach (var (name, value) in headers)
            {
                connection._socket.Options.SetRequestHeader(name, value);
            }

            connection._socket.Options.KeepAliveInterval = TimeSpan.Zero;
            connection._socket.Options.CollectHttpResponseDetails = true;
            connection._invoker = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = (c, t) => OpenAsync(c, receiveBytes, t), UseCookies = false });
            var scheme = server.Scheme is "https" or "wss" ? "wss" : "ws";
            await connection._socket
                .ConnectAsync(new Uri($"{scheme}://{server.Authority}{server.AbsolutePath.TrimEnd('/')}{pathAndQuery}"), connection._invoker, either.Token)
                .ConfigureAwait(false);
            await connection.SendAsync("""{"protocol":"json","version":1}""").ConfigureAwait(false);
            connection._reading = connection.ReadAsync();
            return connection;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or HttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            var status = (int)connection._socket.HttpStatusCode;
            await connection.DisposeAsync().ConfigureAwait(false);
            throw new WireException(status == 0 ? $"{server.Authority} cannot be reached." : $"{server.Authority}{pathAndQuery} answered with status {status}.", status == 0 ? null : status, e);
        }
    }

    /// <summary>Stops reading from the socket until <see cref="Resume"/>.</summary>
    public void Pause() => _paused ??= NewSignal();

    public void Resume() => Interlocked.Exchange(ref _paused, null)?.TrySetResult();

    /// <summary>Calls a method and waits for its result.</summary>
    /// <exception cref="WireException">The connection ended before the answer, or the method failed.</exception>
    public async Task<JsonElement> CallAsync(string method, object argument, TimeSpan limit, CancellationToken cancellationToken)
    {
        var id = NextId();
        var completion = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _calls[id] = completion;
        }

        await SendAsync(Message(1, id, method, argument)).ConfigureAwait(false);
        try
        {
            return await completion.Task.WaitAsync(limit, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new WireException($"{method} was not answered within {limit.TotalSeconds:0.#} s.");
        }
    }

    /// <summary>Opens a stream whose items go to the observer.</summary>
    public Task OpenStreamAsync(string method, object argument) => SendAsync(Message(4, NextId(), method, argument));

    /// <summary>Opens a stream and yields its items; leaving the loop cancels it.</summary>
    public async IAsyncEnumerable<JsonElement> StreamAsync(
        string method, object argument, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = NextId();
        var items = Channel.CreateUnbounded<JsonElement>();
        lock (_gate)
        {
            _streams[id] = items;
        }

        await SendAsync(Message(4, id, method, argument)).ConfigureAwait(false);
        try
        {
            await foreach (var item in items.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
        finally
        {
            if (_socket.State == WebSocketState.Open)
            {
                await SendAsync($$"""{"type":5,"invocationId":"{{id}}"}""").ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits until what came meets a condition, and returns it.</summary>
    /// <exception cref="WireException">It did not in time.</exception>
    public async Task<IReadOnlyList<WirePush>> WaitAsync(
        Func<IReadOnlyList<WirePush>, bool> isEnough, string what, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (isEnough(_pushes))
                {
                    return [.. _pushes];
                }

                arrived = _arrived.Task;
            }

            var left = limit - _time.GetElapsedTime(started);
            try
            {
                await arrived.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new WireException($"Waited {limit.TotalSeconds:0.#} s for {what}.");
            }
        }
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        Resume();
        _socket.Abort();
        await _reading.ConfigureAwait(false);
        _socket.Dispose();
        _invoker?.Dispose();
        _stop.Dispose();
        _sending.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Message(int type, string id, string method, object argument) =>
        $$"""{"type":{{type}},"invocationId":"{{id}}","target":"{{method}}","arguments":[{{JsonSerializer.Serialize(argument, RealtimeJson.Options)}}]}""";

    private static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, int? receiveBytes, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (receiveBytes is { } bytes)
            {
                socket.ReceiveBufferSize = bytes;
            }

            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string NextId() => Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);

    private async Task SendAsync(string message)
    {
        await _sending.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message + (char)RecordSeparator), WebSocketMessageType.Text, true, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
        {
            throw new WireException("The connection broke.", null, e);
        }
        finally
        {
            _sending.Release();
        }
    }
}
