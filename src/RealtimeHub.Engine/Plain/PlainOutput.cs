using RealtimeHub.Engine.Transport;

namespace RealtimeHub.Engine.Plain;

/// <summary>What a turn on a connection writes to: whole WebSocket messages, their parts straight into the server's own buffers.</summary>
/// <remarks>Used only by whoever has the turn.</remarks>
public sealed class PlainOutput
{
    private readonly SharedOutput _output;

    internal PlainOutput(SharedOutput output) => _output = output;

    /// <summary>Writes a text message of up to three parts, so that shared bytes stand between a connection's own.</summary>
    public void Text(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body = default, ReadOnlySpan<byte> tail = default) => Write(head, body, tail, isBinary: false);

    /// <summary>Writes a binary message of up to three parts.</summary>
    public void Binary(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body = default, ReadOnlySpan<byte> tail = default) => Write(head, body, tail, isBinary: true);

    /// <summary>Writes a ping of the WebSocket protocol.</summary>
    public void Ping()
    {
        if (!_output.IsClosed)
        {
            _output.Append(WebSocketHeader.EmptyPing);
        }
    }

    private void Write(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, ReadOnlySpan<byte> tail, bool isBinary)
    {
        if (_output.IsClosed)
        {
            return;
        }

        Span<byte> header = stackalloc byte[WebSocketHeader.MaxLength];
        _output.Append(header[..WebSocketHeader.Write(header, checked(head.Length + body.Length + tail.Length), isBinary)]);
        _output.Append(head);
        _output.Append(body);
        _output.Append(tail);
    }
}
