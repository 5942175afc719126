using System.Net.WebSockets;
using System.Text;
using RealtimeHub.Client;
using RealtimeHub.Client.Transport;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Client.Transport;

public sealed class WebSocketConnectionTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly ReceiveWindow _window = new(1);
    private readonly WebSocket _server;
    private readonly WebSocketConnection _connection;

    public WebSocketConnectionTests()
    {
        var (serverEnd, clientEnd) = DuplexStream.CreatePair();
        _server = WebSocket.CreateFromStream(serverEnd, new WebSocketCreationOptions { IsServer = true });
        var client = WebSocket.CreateFromStream(clientEnd, new WebSocketCreationOptions { IsServer = false });
        var options = new RealtimeClientOptions { Uri = new Uri("http://localhost"), TimeProvider = _time };
        _connection = new WebSocketConnection(client, options, _window);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _connection.DisposeAsync();
    }

    [Fact]
    public async Task Transport_carries_both_ways()
    {
        await SendAsync("down");
        var read = await _connection.Transport.Input.ReadAsync(Cancellation);
        Assert.Equal("down", Encoding.UTF8.GetString(read.Buffer));
        _connection.Transport.Input.AdvanceTo(read.Buffer.End);

        await _connection.Transport.Output.WriteAsync("up"u8.ToArray(), Cancellation);

        Assert.Equal("up", await ReceiveAsync());
        await CloseAsync();
    }

    [Fact]
    public async Task Transport_reads_on_only_while_the_window_is_open()
    {
        // The connection waits for the first bytes already; the window counts from the next.
        _window.Enter();
        await SendAsync("one");
        await ReadAsync("one");
        await SendAsync("two");
        Assert.False(_connection.Transport.Input.TryRead(out _));

        _window.Leave();

        await ReadAsync("two");
        await CloseAsync();
    }

    [Fact]
    public async Task Transport_fails_when_the_server_is_silent()
    {
        _time.Advance(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<TimeoutException>(async () => await _connection.Transport.Input.ReadAsync(Cancellation));
        await _connection.DisposeAsync();
    }

    [Fact]
    public async Task DisposeAsync_says_goodbye()
    {
        var disposing = _connection.DisposeAsync();

        var result = await _server.ReceiveAsync(new byte[16].AsMemory(), Cancellation);
        Assert.Equal(WebSocketMessageType.Close, result.MessageType);
        await _server.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);

        await disposing;
    }

    [Fact]
    public async Task Transport_ends_when_the_server_closes()
    {
        await _server.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);

        var read = await _connection.Transport.Input.ReadAsync(Cancellation);

        Assert.True(read.IsCompleted);
        await _connection.DisposeAsync();
    }

    private async Task ReadAsync(string expected)
    {
        var read = await _connection.Transport.Input.ReadAsync(Cancellation).AsTask().WaitAsync(Limits.Wait, Cancellation);
        Assert.Equal(expected, Encoding.UTF8.GetString(read.Buffer));
        _connection.Transport.Input.AdvanceTo(read.Buffer.End);
    }

    private async Task CloseAsync()
    {
        var disposing = _connection.DisposeAsync();
        await _server.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        await disposing;
    }

    private ValueTask SendAsync(string text) =>
        _server.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, true, Cancellation);

    private async Task<string> ReceiveAsync()
    {
        var buffer = new byte[64];
        var result = await _server.ReceiveAsync(buffer.AsMemory(), Cancellation);
        return Encoding.UTF8.GetString(buffer, 0, result.Count);
    }
}
