namespace RealtimeHub.Server.WebSockets;

internal static partial class DialectLog
{
    [LoggerMessage(1910, LogLevel.Error, "A message on the plain connection {ConnectionId} failed.", EventName = "DialectSessionFailed")]
    public static partial void SessionFailed(ILogger logger, Exception exception, string connectionId);

    [LoggerMessage(1911, LogLevel.Error, "The plain connections could not be looked at.", EventName = "DialectTickFailed")]
    public static partial void TickFailed(ILogger logger, Exception exception);
}
