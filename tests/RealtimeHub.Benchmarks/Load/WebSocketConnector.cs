using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RealtimeHub.Benchmarks.Load;

/// <summary>Opens connections over bare WebSockets on loopback, without negotiation.</summary>
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

    /// <summary>Opens connections, a few at once; each has its greeting answered.</summary>
    /// <param name="port">The server's port.</param>
    /// <param name="greeting">How they open.</param>
    /// <param name="count">How many.</param>
    /// <param name="plan">Makes the reading plan of one connection; null if all read as fast as they can.</param>
    /// <param name="opened">Called with each once it is open, on several threads.</param>
    public static Task<LoadConnection[]> ConnectAsync(int port, Greeting greeting, int count, Func<IReadingPlan>? plan = null, Action<LoadConnection>? opened = null) => Task.Run(() =>
    {
        var connections = new LoadConnection[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism };
        Parallel.For(0, count, options, i =>
        {
            connections[i] = Connect(port, greeting, plan?.Invoke());
            opened?.Invoke(connections[i]);
        });
        return connections;
    });

    private static LoadConnection Connect(int port, Greeting greeting, IReadingPlan? plan)
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
        socket.Send(greeting.Upgrade);
        AwaitEstablished(connection, greeting);
        socket.Blocking = false;
        return connection;
    }

    private static void AwaitEstablished(LoadConnection connection, Greeting greeting)
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

        connection.Socket.Send(greeting.FirstMessage);
        connection.Receive(buffer[(end + 4)..length], 0);
        while (!connection.IsEstablished)
        {
            // What follows the answer is for the client loop.
            connection.Receive(buffer[..Receive(connection, buffer[..1])], 0);
        }
    }

    private static int Receive(LoadConnection connection, Span<byte> buffer)
    {
        var received = connection.Socket.Receive(buffer);
        return received > 0 ? received : throw new InvalidOperationException("The server closed a connection that was being opened.");
    }
}
