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

    /// <summary>Every reason, in the order of the table in PROTOCOL.md.</summary>
    public static IReadOnlyList<CloseReason> All { get; } =
        [ServerShutdown, SlowConsumer, Idle, InvalidFrame, MessageTooLarge, SessionClosed];
}
