namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

internal static partial class SampleLog
{
    [LoggerMessage(1601, LogLevel.Warning, "A sample event of type {Type} was refused: {Why}", EventName = "SampleNotPublished")]
    public static partial void NotPublished(ILogger logger, string? type, string why);
}
