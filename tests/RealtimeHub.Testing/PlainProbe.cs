using System.IO.Compression;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Testing;

/// <summary>A plain WebSocket without any logic: sends texts, keeps every message in order, can stop reading.</summary>
/// <remarks>Disposing it fails the test if anything that it read does not fit its schema.</remarks>
public sealed class PlainProbe : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<JsonElement> _messages = [];
    private readonly List<byte[]> _raw = [];
    private readonly List<string> _misfits = [];
    private string _path = "";
    private TaskCompletionSource _arrived = NewSignal();
    private TaskCompletionSource? _paused;
    private Task _reading = Task.CompletedTask;
    private int _taken;
    private bool _hasEnded;

    /// <summary>Everything received so far.</summary>
    public IReadOnlyList<JsonElement> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>The same as bytes, each with the first byte that says its form where it has one.</summary>
    public IReadOnlyList<byte[]> Raw
    {
        get
        {
            lock (_gate)
            {
                return [.. _raw];
            }
        }
    }

    /// <summary>The subprotocol that the server has picked.</summary>
    public string? Subprotocol => _socket.SubProtocol;

    /// <summary>The number of the close frame, once there is one.</summary>
    public int? CloseStatus => (int?)_socket.CloseStatus;

    /// <summary>The text of the close frame.</summary>
    public string? CloseText => _socket.CloseStatusDescription;

    /// <summary>Connects.</summary>
    public static async Task<PlainProbe> ConnectAsync(
        Uri server, string pathAndQuery, string? key = HubServer.AdminKey, IReadOnlyList<(string Name, string Value)>? headers = null, params string[] subprotocols) =>
        await ConnectAsync(server, pathAndQuery, key, headers, null, subprotocols);

    /// <summary>Connects with so small a receive buffer that a reader who stands still is soon behind.</summary>
    public static Task<PlainProbe> ConnectAsync(Uri server, string pathAndQuery, int receiveBuffer) =>
        ConnectAsync(server, pathAndQuery, HubServer.AdminKey, null, receiveBuffer, []);

    private static async Task<PlainProbe> ConnectAsync(
        Uri server, string pathAndQuery, string? key, IReadOnlyList<(string Name, string Value)>? headers, int? receiveBuffer, string[] subprotocols)
    {
        var probe = new PlainProbe { _path = pathAndQuery.Split('?')[0] };
        if (key is not null)
        {
            probe._socket.Options.SetRequestHeader("X-API-Key", key);
        }

        foreach (var (name, value) in headers ?? [])
        {
            probe._socket.Options.SetRequestHeader(name, value);
        }

        foreach (var subprotocol in subprotocols)
        {
            probe._socket.Options.AddSubProtocol(subprotocol);
        }

        probe._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using var limit = new CancellationTokenSource(Limit);
        using var handler = new SocketsHttpHandler { UseCookies = false, UseProxy = false };
        if (receiveBuffer is { } size)
        {
            handler.ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = size };
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        using var invoker = new HttpMessageInvoker(handler);
        await probe._socket.ConnectAsync(new Uri($"ws://{server.Authority}{pathAndQuery}"), invoker, limit.Token);
        probe._reading = probe.ReadAsync();
        return probe;
    }

    /// <summary>What an upgrade that is refused over HTTP answers: the status; 101 if it is not refused.</summary>
    public static async Task<int> StatusAsync(Uri server, string pathAndQuery, params (string Name, string Value)[] headers)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{server.Authority}{pathAndQuery}"), limit.Token);
        }
        catch (WebSocketException)
        {
            // The status says it.
        }

        return (int)socket.HttpStatusCode;
    }

    /// <summary>Stops reading until <see cref="Resume"/>.</summary>
    public void Pause() => _paused ??= NewSignal();

    public void Resume() => Interlocked.Exchange(ref _paused, null)?.TrySetResult();

    /// <summary>Sends an object as JSON.</summary>
    public Task SendAsync(object message) => SendTextAsync(message as string ?? JsonSerializer.Serialize(message, RealtimeJson.Options));

    /// <summary>Sends a text, whatever it is.</summary>
    public async Task SendTextAsync(string text, bool isBinary = false) =>
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), isBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true, _stop.Token);

    /// <summary>The next message that was not taken yet.</summary>
    public async Task<JsonElement> NextAsync()
    {
        await WaitAsync(all => all.Count > _taken, $"message {_taken + 1}");
        lock (_gate)
        {
            return _messages[_taken++];
        }
    }

    /// <summary>The next message of a type, those between thrown away.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        while (true)
        {
            var message = await NextAsync();
            if (TypeOf(message) == type)
            {
                return message;
            }
        }
    }

    /// <summary>Sends a message and takes the next that comes.</summary>
    public async Task<JsonElement> AskAsync(object message)
    {
        await SendAsync(message);
        return await NextAsync();
    }

    /// <summary>Waits until everything so far meets a condition.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitAsync(Func<IReadOnlyList<JsonElement>, bool> isEnough, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (isEnough(_messages))
                {
                    return [.. _messages];
                }

                if (_hasEnded)
                {
                    throw new InvalidOperationException($"Waited for {what}, but the connection ended with {CloseStatus} {CloseText}; the last messages: {string.Join(Environment.NewLine, _messages.TakeLast(10))}");
                }

                arrived = _arrived.Task;
            }

            try
            {
                await arrived.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Waited for {what}; the last messages: {string.Join(Environment.NewLine, All.TakeLast(10))}");
            }
        }
    }

    /// <summary>Waits for so many messages of a type, and returns them.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitForAsync(string type, int count = 1) =>
        [.. (await WaitAsync(all => all.Count(m => TypeOf(m) == type) >= count, $"{count} {type}")).Where(m => TypeOf(m) == type)];

    /// <summary>Waits until the server has answered a ping, and so everything sent before.</summary>
    public async Task SettleAsync()
    {
        var before = All.Count(m => TypeOf(m) == "pong");
        await SendAsync(new { type = "ping" });
        await WaitForAsync("pong", before + 1);
    }

    /// <summary>Waits for the end of the connection; the number of its close frame.</summary>
    public async Task<int?> WaitForCloseAsync()
    {
        await _reading.WaitAsync(Limit);
        return CloseStatus;
    }

    /// <summary>Says goodbye and waits for the answer.</summary>
    public async Task CloseAsync()
    {
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _stop.Token);
        await WaitForCloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Resume();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _stop.Dispose();
        if (_misfits.Count > 0)
        {
            throw new InvalidOperationException($"The server sent what does not fit the schema: {string.Join(" | ", _misfits.Take(10))}");
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string? TypeOf(JsonElement message) =>
        message.ValueKind is JsonValueKind.Object && message.TryGetProperty("type", out var type) ? type.GetString() : null;

    private static JsonElement Decode(ReadOnlySpan<byte> message, WebSocketMessageType type)
    {
        if (type is WebSocketMessageType.Text)
        {
            return JsonSerializer.Deserialize<JsonElement>(message);
        }

        if (message[0] == 0x01)
        {
            var json = new System.Buffers.ArrayBufferWriter<byte>();
            MessagePackToJson.Write(message[1..], new MessagePackLimits(64, 1 << 26, 1 << 20), json);
            return JsonSerializer.Deserialize<JsonElement>(json.WrittenSpan);
        }

        using var zlib = new ZLibStream(new MemoryStream(message[1..].ToArray()), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<JsonElement>(zlib);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                if (Volatile.Read(ref _paused) is { } paused)
                {
                    await paused.Task;
                }

                var part = await _socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
                if (part.MessageType is WebSocketMessageType.Close)
                {
                    if (_socket.State is WebSocketState.CloseReceived)
                    {
                        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _stop.Token);
                    }

                    break;
                }

                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    Arrive(message.ToArray(), part.MessageType);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection has ended; whoever waits for something sees that.
        }

        lock (_gate)
        {
            _hasEnded = true;
            _arrived.TrySetResult();
        }
    }

    private void Arrive(byte[] bytes, WebSocketMessageType type)
    {
        lock (_gate)
        {
            _raw.Add(bytes);
            var message = Decode(bytes, type);
            _messages.Add(message);
            _misfits.AddRange(Contract.DialectSchema.Message(_path, message));
            _arrived.TrySetResult();
            _arrived = NewSignal();
        }
    }
}
