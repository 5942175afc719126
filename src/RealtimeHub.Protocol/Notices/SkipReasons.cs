namespace RealtimeHub.Protocol.Notices;

/// <summary>Why frames were withheld.</summary>
public static class SkipReasons
{
    /// <summary>They do not match the subscription's filter.</summary>
    public const string Filtered = "filtered";

    /// <summary>A newer frame with the same key was at hand.</summary>
    public const string Conflated = "conflated";

    /// <summary>The subscription lagged and keeps every nth frame.</summary>
    public const string Sampled = "sampled";

    /// <summary>The subscription asked for a lower rate.</summary>
    public const string Rate = "rate";
}
