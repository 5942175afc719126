using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Engine.Plain;

/// <summary>How one connection without a hub protocol says what its pump has to say. Every member may write nothing.</summary>
/// <remarks>Called with the connection's turn, one call at a time; what has the turn may keep its state here without a lock.</remarks>
public interface IPlainEncoder
{
    /// <summary>Says a frame of a channel that the connection reads.</summary>
    void Write(Frame frame, PlainOutput output);

    /// <summary>Says one of the notices of the wire: <c>Subscribed</c>, <c>Gap</c>, <c>Degraded</c> and the like.</summary>
    void Write(object notice, PlainOutput output);

    /// <summary>Says that the connection is alive.</summary>
    void Beat(PlainOutput output);

    /// <summary>Called when nothing more waits: says what was held back, if it is due.</summary>
    void Flush(PlainOutput output);

    /// <summary>Says the last word before the close frame.</summary>
    /// <returns>The number of the close frame, and its text of at most 123 bytes.</returns>
    (int Status, string Text) Close(CloseReason reason, string message, PlainOutput output);
}
