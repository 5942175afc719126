using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Tests.Engine.Cursors;

/// <summary>A reader that moves nothing by itself: it keeps what it is told.</summary>
internal sealed class RecordingReader(string connectionId = "c1") : ICursorReader
{
    public string ConnectionId { get; } = connectionId;

    public List<Cursor> Woken { get; } = [];

    public List<CloseReason> Closed { get; } = [];

    public void Wake(Cursor cursor, bool isBurst = false) => Woken.Add(cursor);

    public void Close(CloseReason reason, string message) => Closed.Add(reason);
}
