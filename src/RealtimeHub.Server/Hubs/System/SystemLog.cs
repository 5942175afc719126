namespace RealtimeHub.Server.Hubs.System;

internal static partial class SystemLog
{
    [LoggerMessage(1611, LogLevel.Error, "The status of this node could not be measured or published.", EventName = "SampleFailed")]
    public static partial void SampleFailed(ILogger logger, Exception exception);

    [LoggerMessage(1612, LogLevel.Error, "The new status of service {Service} could not be published.", EventName = "ChangeNotPublished")]
    public static partial void ChangeNotPublished(ILogger logger, Exception exception, string service);
}
