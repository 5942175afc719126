namespace RealtimeHub.Server.Auth;

internal static partial class AuthLog
{
    [LoggerMessage(1101, LogLevel.Information, "A request from {Address} was refused: {Why}.", EventName = "CredentialRefused")]
    public static partial void CredentialRefused(ILogger logger, string why, string? address);

    [LoggerMessage(1102, LogLevel.Error, "The credential scheme {Scheme} failed; the request is refused.", EventName = "SchemeFailed")]
    public static partial void SchemeFailed(ILogger logger, Exception exception, string scheme);
}
