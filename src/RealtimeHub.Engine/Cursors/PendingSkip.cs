using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Cursors;

/// <summary>Frames passed over on purpose that the reader has still to be told of. Used only by its cursor.</summary>
internal struct PendingSkip
{
    private long _from;
    private long _to;
    private long _count;

    public string? Reason { get; private set; }

    public readonly bool IsEmpty => _count == 0;

    public void Add(long from, long to, string reason)
    {
        if (_count == 0)
        {
            _from = from;
            Reason = reason;
        }

        _to = to;
        _count += to - from + 1;
    }

    public Skipped Take(Channel channel)
    {
        var notice = new Skipped(channel.Name, channel.Log.Epoch, _from, _to, _count, Reason!);
        this = default;
        return notice;
    }
}
