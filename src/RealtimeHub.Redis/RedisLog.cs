using Microsoft.Extensions.Logging;

namespace RealtimeHub.Redis;

internal static partial class RedisLog
{
    [LoggerMessage(1850, LogLevel.Warning, "Redis {Endpoint} is away: {Reason} Publishing fails until it is back; readers are told.", EventName = "RedisAway")]
    public static partial void Away(ILogger logger, string endpoint, string reason);

    [LoggerMessage(1851, LogLevel.Information, "Redis {Endpoint} is back; {Channels} channels are caught up.", EventName = "RedisBack")]
    public static partial void Back(ILogger logger, string endpoint, int channels);

    [LoggerMessage(1852, LogLevel.Warning, "No announcement arrives from Redis {Endpoint}; its link is built anew, for the {Attempt}. time.", EventName = "RedisLinkRestarted")]
    public static partial void LinkRestarted(ILogger logger, string endpoint, int attempt);

    [LoggerMessage(1853, LogLevel.Warning, "{Channel} begins a new epoch, {Epoch}, because Redis has lost its history.", EventName = "ChannelHistoryLost")]
    public static partial void HistoryLost(ILogger logger, string channel, string epoch);

    [LoggerMessage(1854, LogLevel.Error, "Frame {Offset} of {Channel} is no envelope; its place is kept by an empty one.", EventName = "EnvelopeUnreadable")]
    public static partial void EnvelopeUnreadable(ILogger logger, Exception? exception, string channel, long offset);

    [LoggerMessage(1855, LogLevel.Debug, "{Channel} could not be read on: {Reason}", EventName = "CatchUpFailed")]
    public static partial void CatchUpFailed(ILogger logger, string channel, string reason);

    [LoggerMessage(1857, LogLevel.Error, "Looking after the link to Redis {Endpoint} failed; it goes on.", EventName = "SupervisionFailed")]
    public static partial void SupervisionFailed(ILogger logger, Exception exception, string endpoint);

    [LoggerMessage(1858, LogLevel.Error, "An announcement on {Channel} could not be taken up; the channel is read on with the next check.", EventName = "AnnouncementFailed")]
    public static partial void AnnouncementFailed(ILogger logger, Exception exception, string channel);
}
