namespace RealtimeHub.Server.Hubs.Climate;

internal static partial class ClimateLog
{
    [LoggerMessage(1280, LogLevel.Warning, "No frame can be made for {Channel}: {Reason} It is tried again at every interval.", EventName = "FrameNotMade")]
    public static partial void FrameNotMade(ILogger logger, string channel, string reason);

    [LoggerMessage(1281, LogLevel.Information, "Frames are made for {Channel} again.", EventName = "FramesMadeAgain")]
    public static partial void FramesMadeAgain(ILogger logger, string channel);

    [LoggerMessage(1282, LogLevel.Error, "Making a frame for {Channel} failed.", EventName = "FrameFailed")]
    public static partial void FrameFailed(ILogger logger, Exception exception, string channel);

    [LoggerMessage(1283, LogLevel.Debug, "The policy changed while a frame for {Channel} was made; it is made again.", EventName = "FrameOutdated")]
    public static partial void FrameOutdated(ILogger logger, string channel);
}
