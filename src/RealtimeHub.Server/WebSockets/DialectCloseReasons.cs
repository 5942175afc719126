using System.Collections.Frozen;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.WebSockets;

/// <summary>Why plain connections end beside the reasons of hubs, and the number of every close frame.</summary>
internal static class DialectCloseReasons
{
    public const int Normal = 1000;
    public const int Policy = 1008;
    public const int TooLarge = 1009;
    public const int Failure = 1011;
    public const int Restart = 1012;
    public const int Unauthenticated = 4001;
    public const int Expired = 4002;

    /// <summary>The client said that it goes, or what it reads has ended.</summary>
    public static readonly CloseReason Done = new("DONE", false, 3504, "There is nothing more to say.");

    /// <summary>The client did not answer.</summary>
    public static readonly CloseReason HeartbeatTimeout = new("HEARTBEAT_TIMEOUT", true, 3012, "heartbeat timeout");

    /// <summary>The server failed.</summary>
    public static readonly CloseReason InternalError = new("INTERNAL_ERROR", true, 3013, "Internal error");

    private static readonly FrozenDictionary<string, int> Numbers = new Dictionary<string, int>
    {
        [Done.Code] = Normal,
        [CloseReasons.Idle.Code] = Normal,
        [CloseReasons.SlowConsumer.Code] = Policy,
        [CloseReasons.InvalidFrame.Code] = Policy,
        [CloseReasons.SessionClosed.Code] = Policy,
        [CloseReasons.CredentialRevoked.Code] = Policy,
        [CloseReasons.MessageTooLarge.Code] = TooLarge,
        [InternalError.Code] = Failure,
        [CloseReasons.ServerShutdown.Code] = Restart,
        [CloseReasons.SessionTooLong.Code] = Restart,
        [HeartbeatTimeout.Code] = Unauthenticated,
        [CloseReasons.CredentialExpired.Code] = Expired,
    }.ToFrozenDictionary();

    public static int NumberOf(CloseReason reason) => Numbers.GetValueOrDefault(reason.Code, Policy);
}
