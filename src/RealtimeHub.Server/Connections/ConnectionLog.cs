namespace RealtimeHub.Server.Connections;

internal static partial class ConnectionLog
{
    [LoggerMessage(1110, LogLevel.Information, "Connection {ConnectionId} of {Principal} is closed for too many faults.", EventName = "OffenderClosed")]
    public static partial void OffenderClosed(ILogger logger, string connectionId, string principal);

    [LoggerMessage(1111, LogLevel.Information, "The credential of connection {ConnectionId} of {Principal} has ended: {Why}.", EventName = "CredentialEnded")]
    public static partial void CredentialEnded(ILogger logger, string connectionId, string principal, string why);

    [LoggerMessage(1112, LogLevel.Error, "The credentials of live connections could not be checked.", EventName = "CredentialCheckFailed")]
    public static partial void CredentialCheckFailed(ILogger logger, Exception exception);

    [LoggerMessage(1113, LogLevel.Debug, "An attempt to connect from {Address} was refused: {Code}.", EventName = "ConnectRefused")]
    public static partial void ConnectRefused(ILogger logger, string address, string code);
}
