namespace RealtimeHub.Server.Hubs;

internal static partial class HubLog
{
    [LoggerMessage(1201, LogLevel.Error, "The hub method {Method} failed on connection {ConnectionId}.", EventName = "CallFailed")]
    public static partial void CallFailed(ILogger logger, Exception exception, string method, string connectionId);
}
