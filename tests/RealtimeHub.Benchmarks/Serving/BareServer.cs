using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.SignalR;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>What no server can do without: one system call per frame and connection, of bytes that are ready. No HTTP server, no hub, no log.</summary>
/// <remarks>The floor of a fan-out's processor time on this machine. Its clients are those of the other servers.</remarks>
internal sealed class BareServer(ConnectionCounter counter) : IBenchPublisher
{
    private const string Accepted =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    private readonly Lock _gate = new();
    private Socket[] _members = [];

    /// <summary>Serves until standard input ends.</summary>
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(backlog: 512);
        var counter = new ConnectionCounter();
        var server = new BareServer(counter);
        _ = server.AcceptAsync(listener, cancellationToken);
        await Console.Out.WriteLineAsync($"{BenchServer.ReadyPrefix}{((IPEndPoint)listener.LocalEndpoint).Port}");
        await new ServerCommands(counter, server).RunAsync(Console.In, Console.Out, cancellationToken);
        return 0;
    }

    public Task JoinAsync(HubCallerContext connection, IGroupManager groups, bool fromOldest) => throw new NotSupportedException();

    public ValueTask PublishAsync(string payload)
    {
        var message = WebSocketMessage($$"""{"type":1,"target":"frame","arguments":["{{payload}}"]}""" + '\x1e');
        foreach (var member in Volatile.Read(ref _members))
        {
            member.Send(message);
        }

        return default;
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        while (true)
        {
            var socket = await listener.AcceptSocketAsync(cancellationToken);
            socket.NoDelay = true;
            _ = GreetAsync(socket, cancellationToken);
        }
    }

    // The request and the greeting of a load client come in one piece each.
    private async Task GreetAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        await socket.ReceiveAsync(buffer, cancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(Accepted), cancellationToken);
        await socket.ReceiveAsync(buffer, cancellationToken);
        await socket.SendAsync(WebSocketMessage("{}\x1e"), cancellationToken);
        socket.Blocking = true;
        lock (_gate)
        {
            _members = [.. _members, socket];
        }

        counter.Increment();
    }

    private static byte[] WebSocketMessage(string text) => text.Length switch
    {
        < 126 => [0x81, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)],
        <= ushort.MaxValue => [0x81, 126, (byte)(text.Length >> 8), (byte)text.Length, .. Encoding.ASCII.GetBytes(text)],
        _ => throw new ArgumentOutOfRangeException(nameof(text), text.Length, "A frame of the comparison has at most 65,535 bytes."),
    };
}
