using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.MessagePack;
using RealtimeHub.Testing.Contract;

namespace RealtimeHub.Testing;

/// <summary>A hub connection without any logic, on a bare WebSocket: calls methods with any arguments, keeps every push in order, can stop reading.</summary>
/// <remarks>Thread-safe but for <see cref="SendTextAsync"/>, one caller at a time. Disposing it fails the test if anything that it read does not fit its schema.</remarks>
public sealed partial class HubProbe : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly List<HubPush> _pushes = [];
    private readonly Dictionary<string, TaskCompletionSource<JsonElement>> _calls = [];
    private readonly Dictionary<string, Channel<JsonElement>> _streams = [];
    private readonly Dictionary<string, string> _methods = [];
    private readonly List<string> _misfits = [];
    private readonly CancellationTokenSource _stop = new();
    private string _path = "";
    private bool _isMessagePack;
    private TaskCompletionSource _arrived = NewSignal();
    private TaskCompletionSource? _paused;
    private Task _reading = Task.CompletedTask;
    private int _lastId;
    private int _isDisposed;

    /// <summary>Everything pushed so far.</summary>
    public IReadOnlyList<HubPush> All
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
    public static async Task<HubProbe> ConnectAsync(
        Uri server, string pathAndQuery, string? key = HubServer.AdminKey, bool isPaused = false, int? receiveBuffer = null,
        string protocol = "json", IReadOnlyList<(string Name, string Value)>? headers = null)
    {
        var probe = new HubProbe { _path = pathAndQuery.Split('?')[0] };
        if (key is not null)
        {
            probe._socket.Options.SetRequestHeader("X-API-Key", key);
        }

        foreach (var (name, value) in headers ?? [])
        {
            probe._socket.Options.SetRequestHeader(name, value);
        }

        probe._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        if (receiveBuffer is { } size)
        {
            probe._socket.Options.SetBuffer(size, size);
        }

        using var limit = new CancellationTokenSource(Limit);
        await probe._socket.ConnectAsync(new Uri($"ws://{server.Authority}{pathAndQuery}"), limit.Token);
        await probe.SendTextAsync($$"""{"protocol":"{{protocol}}","version":1}""" + "\u001e");
        if (isPaused)
        {
            probe.Pause();
        }

        probe._isMessagePack = protocol == MessagePackHubProtocol.ProtocolName;
        probe._reading = probe.ReadAsync();
        return probe;
    }

    /// <summary>Stops reading from the socket until <see cref="Resume"/>.</summary>
    public void Pause() => _paused ??= NewSignal();

    public void Resume() => Interlocked.Exchange(ref _paused, null)?.TrySetResult();

    /// <summary>Calls a method; its result, or with an error of the hub's own an exception.</summary>
    public async Task<JsonElement> CallAsync(string method, params object?[] arguments) =>
        await (await BeginCallAsync(method, arguments)).WaitAsync(Limit);

    /// <summary>Sends a call without waiting for its result.</summary>
    public async Task<Task<JsonElement>> BeginCallAsync(string method, params object?[] arguments)
    {
        var id = NextId();
        var completion = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _calls[id] = completion;
            _methods[id] = method;
        }

        await SendTextAsync(Invocation(1, id, method, arguments));
        return completion.Task;
    }

    /// <summary>Begins a call that takes an upload; its items are sent as text under the upload's id.</summary>
    public async Task<Task<JsonElement>> BeginUploadAsync(string method, string uploadId, params object?[] arguments)
    {
        var id = NextId();
        var completion = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _calls[id] = completion;
            _methods[id] = method;
        }

        await SendTextAsync(Invocation(1, id, method, arguments)[..^2] + $$""","streamIds":["{{uploadId}}"]}""" + "\u001e");
        return completion.Task.WaitAsync(Limit);
    }

    /// <summary>Opens a stream; leaving the loop cancels it.</summary>
    public async IAsyncEnumerable<JsonElement> StreamAsync(string method, params object?[] arguments)
    {
        var id = NextId();
        var items = Channel.CreateUnbounded<JsonElement>();
        lock (_gate)
        {
            _streams[id] = items;
            _methods[id] = method;
        }

        await SendTextAsync(Invocation(4, id, method, arguments));
        using var limit = new CancellationTokenSource(Limit);
        var isComplete = false;
        try
        {
            await foreach (var item in items.Reader.ReadAllAsync(limit.Token))
            {
                yield return item;
            }

            isComplete = true;
        }
        finally
        {
            if (!isComplete && _socket.State == WebSocketState.Open)
            {
                await SendTextAsync($$"""{"type":5,"invocationId":"{{id}}"}""" + "\u001e");
            }
        }
    }

    /// <summary>Waits until the server has completed every stream, also those that were left.</summary>
    public async Task WaitForStreamEndsAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        List<Channel<JsonElement>> streams;
        lock (_gate)
        {
            streams = [.. _streams.Values];
        }

        foreach (var stream in streams)
        {
            await foreach (var _ in stream.Reader.ReadAllAsync(limit.Token))
            {
                // What came before the end is of no interest to whoever has left.
            }
        }
    }

    /// <summary>Sends text as one WebSocket message, whatever it is; what is one message of JSON goes as MessagePack on a connection that speaks it.</summary>
    public Task SendTextAsync(string text) => _isMessagePack
        ? SendAsync(HubMessageText.ToMessagePack(JsonDocument.Parse(text.TrimEnd('\u001e')).RootElement), WebSocketMessageType.Binary)
        : SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    /// <summary>Sends bytes as one WebSocket message, whatever they are.</summary>
    public Task SendBytesAsync(byte[] bytes) => SendAsync(bytes, WebSocketMessageType.Binary);

    private async Task SendAsync(byte[] bytes, WebSocketMessageType type)
    {
        await _sending.WaitAsync(_stop.Token);
        try
        {
            await _socket.SendAsync(bytes, type, true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Waits until everything so far meets a condition, and returns it.</summary>
    public async Task<IReadOnlyList<HubPush>> WaitAsync(Func<IReadOnlyList<HubPush>, bool> isEnough, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
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

            try
            {
                await arrived.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Waited for {what}; the last pushes: {string.Join(Environment.NewLine, All.TakeLast(20))}");
            }
        }
    }

    /// <summary>Waits for so many pushes of one method, and returns them.</summary>
    public async Task<IReadOnlyList<HubPush>> WaitForAsync(string target, int count = 1) =>
        [.. (await WaitAsync(all => all.Count(p => p.Target == target) >= count, $"{count} {target}")).Where(p => p.Target == target)];

    /// <summary>Waits until the frame with a sequence has come, and returns all frames so far.</summary>
    public async Task<IReadOnlyList<HubPush>> WaitForSequenceAsync(string target, long sequence) =>
        [.. (await WaitAsync(all => all.Any(p => p.Target == target && p.Sequence == sequence), $"{target} {sequence}")).Where(p => p.Target == target)];

    /// <summary>Waits for the end of the connection.</summary>
    public Task WaitForCloseAsync() => WaitForAsync("Closed");

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await _stop.CancelAsync();
        Resume();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _stop.Dispose();
        _sending.Dispose();
        if (_misfits.Count > 0)
        {
            throw new InvalidOperationException($"What was read does not fit the schema: {string.Join(" | ", _misfits.Take(10))}");
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Invocation(int type, string id, string method, object?[] arguments) =>
        $$"""{"type":{{type}},"invocationId":"{{id}}","target":"{{method}}","arguments":{{JsonSerializer.Serialize(arguments, RealtimeJson.Options)}}}""" + "\u001e";

    private string NextId() => Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
}
