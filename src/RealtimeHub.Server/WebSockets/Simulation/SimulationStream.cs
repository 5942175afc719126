using System.Text;

namespace RealtimeHub.Server.WebSockets.Simulation;

/// <summary>One stream of a connection: the bytes that its messages begin with, and what it was told.</summary>
/// <remarks>Its numbers are used only with the connection's turn.</remarks>
internal sealed class SimulationStream
{
    private readonly byte[] _quoted;
    private (string Type, byte[] Bytes) _head;

    public SimulationStream(string id, DateTimeOffset startedAt)
    {
        Id = id;
        StartedAt = startedAt;
        _quoted = DialectJson.Quoted(id);
    }

    public string Id { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>The number of the next update; a dropped one uses a number too.</summary>
    public long NextSequence { get; set; }

    public long Sent { get; set; }

    public long Dropped { get; set; }

    /// <summary>The beginning of a message, up to the members that all viewers share.</summary>
    public byte[] Head(string type, bool isNumbered)
    {
        // One stream has one type, but for its last message.
        if (_head.Type != type)
        {
            _head = (type,
            [
                .. Encoding.UTF8.GetBytes($"{{\"type\":\"{type}\",\"stream_id\":"), .. _quoted, .. ",\"payload\":{\"stream_id\":"u8, .. _quoted,
                .. isNumbered ? ",\"sequence\":"u8 : ","u8,
            ]);
        }

        return _head.Bytes;
    }
}
