using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Channels;

/// <summary>Where a reader really starts, and what it has to be told about that.</summary>
/// <param name="Epoch">The epoch of the log.</param>
/// <param name="Served">Everything up to this offset counts as served; what is missing right after it becomes a gap.</param>
/// <param name="Recovered">Whether a position was asked for and nothing after it is lost.</param>
/// <param name="Reason">Why it was not recovered.</param>
/// <param name="Clamped">Whether less is kept than was asked for.</param>
internal readonly record struct StartResolution(string Epoch, long Served, bool Recovered, string? Reason, bool Clamped)
{
    public static StartResolution Of(StartPoint start, bool startsWithNewest, ChannelLog log)
    {
        var newest = log.Newest;
        var oldest = log.OldestKept;
        var live = startsWithNewest ? Math.Max(oldest - 1, newest - 1) : newest;
        if (start.From is { } from)
        {
            return from.Epoch != log.Epoch ? Fresh(live, log.WhyChanged(from.Epoch))
                : from.Offset > newest ? Fresh(live, RecoveryReasons.Future)
                : from.Offset + 1 < oldest ? Fresh(from.Offset, RecoveryReasons.Expired)
                : new StartResolution(log.Epoch, from.Offset, true, null, false);
        }

        if (start.Last is { } last)
        {
            return new StartResolution(log.Epoch, Math.Max(oldest - 1, newest - last), false, null, newest - last < oldest - 1 && oldest > 1);
        }

        if (start.Since is { } since)
        {
            return new StartResolution(log.Epoch, log.FirstAtOrAfter(since) - 1, false, null, since <= log.NewestDroppedAt);
        }

        return new StartResolution(log.Epoch, live, false, null, false);

        StartResolution Fresh(long served, string reason) => new(log.Epoch, served, false, reason, false);
    }
}
