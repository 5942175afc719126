using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RealtimeHub.Benchmarks.Load;

/// <summary>Opens SignalR connections over bare WebSockets on loopback, without negotiation.</summary>
/// <remarks>
/// The sockets are used synchronously throughout: an asynchronous call would hand them to the runtime's own poller, which
/// would then wake a thread for everything that arrives, beside the client loop.
/// </remarks>
internal static class WebSocketConnector
{
    private const int Parallelism = 8;
    private const int TimeoutMs = 20_000;

    // Little enough that a client which stops reading is felt by the server within a second.
    private const int SlowReceiveBufferBytes = 64 * 1024;

    private static readonly byte[] Upgrade = Encoding.ASCII.GetBytes(
        """
        GET /hub HTTP/1.1
        Host: 127.0.0.1
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==


        """.ReplaceLineEndings("\r\n"));

    private static readonly byte[] Handshake = MaskedText("""{"protocol":"json","version":1}""" + '\x1e');

    /// <summary>Opens connections, a few at once; each has its SignalR handshake answered.</summary>
    /// <param name="port">The server's port.</param>
    /// <param name="count">How many.</param>
    /// <param name="plan">Makes the reading plan of one connection; null if all read as fast as they can.</param>
    public static Task<LoadConnection[]> ConnectAsync(int port, int count, Func<IReadingPlan>? plan = null) => Task.Run(() =>
    {
        var connections = new LoadConnection[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism };
        Parallel.For(0, count, options, i => connections[i] = Connect(port, plan?.Invoke()));
        return connections;
    });

    private static LoadConnection Connect(int port, IReadingPlan? plan)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = TimeoutMs,
            SendTimeout = TimeoutMs,
        };
        if (plan is not null)
        {
            socket.ReceiveBufferSize = SlowReceiveBufferBytes;
        }

        var connection = new LoadConnection(socket, plan);
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(Upgrade);
        AwaitEstablished(connection);
        socket.Blocking = false;
        return connection;
    }

    private static void AwaitEstablished(LoadConnection connection)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var length = 0;
        int end;
        do
        {
            length += Receive(connection, buffer[length..]);
            end = buffer[..length].IndexOf("\r\n\r\n"u8);
        }
        while (end < 0);

        if (!buffer.StartsWith("HTTP/1.1 101"u8))
        {
            throw new InvalidOperationException($"The server did not upgrade: {Encoding.ASCII.GetString(buffer[..end])}");
        }

        connection.Socket.Send(Handshake);
        connection.Receive(buffer[(end + 4)..length], 0);
        while (!connection.IsEstablished)
        {
            connection.Receive(buffer[..Receive(connection, buffer)], 0);
        }
    }

    private static int Receive(LoadConnection connection, Span<byte> buffer)
    {
        var received = connection.Socket.Receive(buffer);
        return received > 0 ? received : throw new InvalidOperationException("The server closed a connection that was being opened.");
    }

    // A client must mask what it sends; a mask of zeros leaves the text as it is.
    private static byte[] MaskedText(string text) =>
        [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)];
}
