namespace RealtimeHub.Protocol.Notices;

/// <summary>Why a position could not be resumed from.</summary>
public static class RecoveryReasons
{
    /// <summary>The log's history was lost since; the subscription goes on live in the new epoch.</summary>
    public const string EpochChanged = "epoch_changed";

    /// <summary>The position lies beyond the newest frame: the server lost data. The subscription goes on live.</summary>
    public const string Future = "future";

    /// <summary>Frames after the position are no longer kept; one gap names them, then the oldest kept frame follows.</summary>
    public const string Expired = "expired";

    /// <summary>A new policy version makes the history unfit to show; the subscription goes on live.</summary>
    public const string PolicyChanged = "policy_changed";

    /// <summary>The server had closed the connection because it did not read; recovery itself may still be complete.</summary>
    public const string SlowConsumer = "slow_consumer";
}
