using System.Text;

namespace RealtimeHub.Benchmarks.Load;

/// <summary>How a client of one kind opens its connection: the path it asks for and the first text it sends.</summary>
internal sealed class Greeting(string path, string text)
{
    private const string Handshake = """{"protocol":"json","version":1}""" + "\x1e";

    /// <summary>Of a SignalR client that skips negotiation.</summary>
    public static readonly Greeting SignalR = new("/hub", Handshake);

    /// <summary>Of a SignalR client that resumes after the oldest frame kept.</summary>
    public static readonly Greeting Resuming = new("/hub?resume", Handshake);

    /// <summary>Of a Socket.IO client that uses WebSockets only.</summary>
    public static readonly Greeting SocketIo = new("/hub/?EIO=4&transport=websocket", "40");

    /// <summary>The HTTP request.</summary>
    public byte[] Upgrade { get; } = Encoding.ASCII.GetBytes(
        $"""
        GET {path} HTTP/1.1
        Host: 127.0.0.1
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==


        """.ReplaceLineEndings("\r\n"));

    /// <summary>The first message, as a WebSocket frame: a client must mask what it sends, and a mask of zeros leaves the text as it is.</summary>
    public byte[] FirstMessage { get; } = [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)];
}
