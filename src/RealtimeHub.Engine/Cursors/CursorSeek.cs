using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Cursors;

/// <summary>An order to a cursor's reader: go to this offset and say so.</summary>
/// <param name="Served">Everything up to this offset counts as served; null to stay.</param>
/// <param name="Notice">What to say, if anything.</param>
internal sealed record CursorSeek(long? Served, Subscribed? Notice)
{
    /// <summary>This order when an earlier one has not been carried out: one to stay does not undo one to go.</summary>
    public CursorSeek After(CursorSeek? earlier) =>
        Served is null && earlier is { Served: not null, Notice: { } notice }
            ? earlier with { Notice = notice with { Events = Notice?.Events } }
            : this;
}
