namespace RealtimeHub.Protocol.Errors;

/// <summary>The table of close reasons.</summary>
public static class CloseReasons
{
    /// <summary>The server stops or restarts.</summary>
    public static readonly CloseReason ServerShutdown = new("SERVER_SHUTDOWN", true, 3001, "The server stops or restarts.");

    /// <summary>The client did not read and its policy, or the connection's own log, says disconnect.</summary>
    public static readonly CloseReason SlowConsumer = new("SLOW_CONSUMER", true, 3008, "The client did not read fast enough.");

    /// <summary>No subscription and no call for the idle time.</summary>
    public static readonly CloseReason Idle = new("IDLE", true, 3010, "No subscription and no call for the idle time.");

    /// <summary>A message could not be parsed.</summary>
    public static readonly CloseReason InvalidFrame = new("INVALID_FRAME", false, 3501, "A message could not be parsed.");

    /// <summary>A message was larger than allowed.</summary>
    public static readonly CloseReason MessageTooLarge = new("MESSAGE_TOO_LARGE", false, 3502, "A message was larger than allowed.");

    /// <summary>The server ended the session.</summary>
    public static readonly CloseReason SessionClosed = new("SESSION_CLOSED", false, 3500, "The server ended the session.");

    /// <summary>The credential has expired and was not refreshed in time.</summary>
    public static readonly CloseReason CredentialExpired = new("CREDENTIAL_EXPIRED", true, 3005, "The credential has expired.");

    /// <summary>The connection has lived as long as it may.</summary>
    public static readonly CloseReason SessionTooLong = new("SESSION_TOO_LONG", true, 3011, "The connection has lived as long as it may.");

    /// <summary>The credential was revoked, or its session signed out.</summary>
    public static readonly CloseReason CredentialRevoked = new("CREDENTIAL_REVOKED", false, 3503, "The credential was revoked, or its session signed out.");

    /// <summary>Every reason, in the order of the table in PROTOCOL.md.</summary>
    public static IReadOnlyList<CloseReason> All { get; } =
        [ServerShutdown, SlowConsumer, Idle, InvalidFrame, MessageTooLarge, SessionClosed, CredentialExpired, SessionTooLong, CredentialRevoked];
}
