using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Engine.Cursors;

/// <summary>Whoever moves a cursor: a connection's pump, or a stream.</summary>
internal interface ICursorReader
{
    /// <summary>The connection that excluded frames are compared with.</summary>
    string ConnectionId { get; }

    /// <summary>Tells that a cursor has something to do. Never waits.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="isBurst">Whether more follows at once, so that what is written now may be sent together with it.</param>
    void Wake(Cursor cursor, bool isBurst = false);

    /// <summary>Ends the connection.</summary>
    void Close(CloseReason reason, string message);
}
