namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>How messages to a client are formed.</summary>
public enum MessageForm
{
    /// <summary>JSON text.</summary>
    Json,

    /// <summary>JSON text; above the threshold a byte 0 and the text, compressed with zlib.</summary>
    Zlib,

    /// <summary>A byte 1 and MessagePack.</summary>
    Msgpack,
}
