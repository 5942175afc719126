namespace RealtimeHub.Server.Lifecycle;

internal static partial class LifecycleLog
{
    [LoggerMessage(1240, LogLevel.Information, "The server drains; {Connections} connections are told to come back.", EventName = "DrainBegun")]
    public static partial void DrainBegun(ILogger logger, int connections);

    [LoggerMessage(1241, LogLevel.Information, "The server has drained after {Seconds:0.0} s.", EventName = "DrainEnded")]
    public static partial void DrainEnded(ILogger logger, double seconds);
}
