namespace RealtimeHub.Protocol.Notices;

/// <summary>What is the matter with a degraded subscription.</summary>
public static class DegradedReasons
{
    /// <summary>It lags beyond its limit; its policy acts.</summary>
    public const string SlowConsumer = RecoveryReasons.SlowConsumer;

    /// <summary>The store that the nodes share is away: nothing new can come until it is back, and then nothing is missing.</summary>
    public const string StoreUnavailable = "store_unavailable";
}
