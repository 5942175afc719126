using System.Net.WebSockets;
using System.Text;

namespace RealtimeHub.Benchmarks.Fields;

/// <summary>One client: opens the stream, and counts messages and bytes without looking into them.</summary>
/// <remarks>Its counts may be read by others while it reads.</remarks>
internal sealed class FieldReader(int port, FieldVariant variant) : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly MessageCounter _counter = new(variant == FieldVariant.MessagePack);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private long _bytes;
    private int _items;

    public int Items => Volatile.Read(ref _items);

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Connects and asks for the stream.</summary>
    public async Task OpenAsync()
    {
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/hub"), CancellationToken.None);
        await SendAsync(Encoding.UTF8.GetBytes($$"""{"protocol":"{{variant.Protocol}}","version":1}""" + '\x1e'), WebSocketMessageType.Text);
        await _socket.ReceiveAsync(_buffer, CancellationToken.None);
        await (variant.Protocol == "json"
            ? SendAsync(Encoding.UTF8.GetBytes($$"""{"type":4,"invocationId":"0","target":"{{variant.Method}}","arguments":[]}""" + '\x1e'), WebSocketMessageType.Text)
            : SendAsync(StreamInvocation(), WebSocketMessageType.Binary));
    }

    /// <summary>Reads until the connection ends.</summary>
    public async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var result = await _socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None);
                _counter.Feed(_buffer.AsSpan(0, result.Count));
                Volatile.Write(ref _bytes, _counter.Items.Bytes);
                Volatile.Write(ref _items, _counter.Items.Count);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The server process has ended, or this side has.
        }
    }

    public void Dispose() => _socket.Dispose();

    private byte[] StreamInvocation()
    {
        byte[] body = [0x96, 0x04, 0x80, 0xa1, (byte)'0', (byte)(0xa0 + variant.Method.Length), .. Encoding.ASCII.GetBytes(variant.Method), 0x90, 0x90];
        return [(byte)body.Length, .. body];
    }

    private Task SendAsync(byte[] bytes, WebSocketMessageType type) => _socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);
}
