using System.Buffers.Text;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;

namespace RealtimeHub.Benchmarks.Simulating;

/// <summary>One viewer of a run, on a bare WebSocket: counts frames and what is said to be missing, and how old each frame is.</summary>
/// <remarks>Read by others only after <see cref="StopAsync"/>.</remarks>
internal sealed class StreamClient : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;
    private const byte RecordSeparator = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly List<double> _latencies = [];
    private int _used;
    private Task _reading = Task.CompletedTask;
    private volatile bool _isCounting;

    /// <summary>How old each counted frame was when it came, in milliseconds.</summary>
    public IReadOnlyList<double> LatenciesMs => _latencies;

    /// <summary>Frames counted.</summary>
    public int Frames => _latencies.Count;

    /// <summary>Frames that are lost, by the server's word.</summary>
    public long Lost { get; private set; }

    /// <summary>The first refusal; null if there was none.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Completes with the first frame.</summary>
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Connects and opens a stream.</summary>
    public async Task OpenAsync(Uri server, string key, string method, string request)
    {
        _socket.Options.SetRequestHeader("X-API-Key", key);
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await _socket.ConnectAsync(new Uri($"ws://{server.Authority}/hubs/simulation"), _stop.Token);
        await SendAsync("""{"protocol":"json","version":1}""");
        await SendAsync($$"""{"type":4,"invocationId":"1","target":"{{method}}","arguments":[{{request}}]}""");
        _reading = ReadAsync();
    }

    /// <summary>Counts what comes from now on.</summary>
    public void Begin() => _isCounting = true;

    /// <summary>Stops counting.</summary>
    public void End() => _isCounting = false;

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _socket.Dispose();
        _stop.Dispose();
    }

    private Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text + (char)RecordSeparator), WebSocketMessageType.Text, true, _stop.Token);

    private async Task ReadAsync()
    {
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                var read = await _socket.ReceiveAsync(_buffer.AsMemory(_used), _stop.Token);
                _used += read.Count;
                Take();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            Started.TrySetException(new InvalidOperationException("The connection ended."));
        }
    }

    private void Take()
    {
        var rest = _buffer.AsSpan(0, _used);
        while (rest.IndexOf(RecordSeparator) is >= 0 and var end)
        {
            Take(rest[..end]);
            rest = rest[(end + 1)..];
        }

        rest.CopyTo(_buffer);
        _used = rest.Length;
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("\"kind\":\"frame\""u8) >= 0)
        {
            var at = message.IndexOf("\"timestamp\":\""u8) + "\"timestamp\":\""u8.Length;
            var sent = DateTimeOffset.Parse(Encoding.ASCII.GetString(message.Slice(at, 24)), CultureInfo.InvariantCulture);
            if (_isCounting)
            {
                _latencies.Add((TimeProvider.System.GetUtcNow() - sent).TotalMilliseconds);
            }

            Started.TrySetResult();
        }
        else if (message.IndexOf("\"kind\":\"gap\""u8) >= 0)
        {
            var at = message.IndexOf("\"count\":"u8) + "\"count\":"u8.Length;
            Lost += Utf8Parser.TryParse(message[at..], out long count, out _) ? count : 1;
        }
        else if (message.IndexOf("\"kind\":\"error\""u8) >= 0 || message.IndexOf("\"error\""u8) >= 0)
        {
            Refusal ??= Encoding.UTF8.GetString(message);
            Started.TrySetException(new InvalidOperationException(Refusal));
        }
    }
}
