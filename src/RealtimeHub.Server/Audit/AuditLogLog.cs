namespace RealtimeHub.Server.Audit;

internal static partial class AuditLogLog
{
    [LoggerMessage(1120, LogLevel.Error, "Audit records cannot be written; they are counted as lost.", EventName = "AuditWriteFailed")]
    public static partial void WriteFailed(ILogger logger, Exception exception);
}
