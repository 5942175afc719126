namespace RealtimeHub.Protocol.Notices;

/// <summary>Why frames were lost to a subscription.</summary>
public static class GapReasons
{
    /// <summary>The log no longer kept them.</summary>
    public const string Expired = "expired";

    /// <summary>The subscription lagged and drops the oldest.</summary>
    public const string DropOldest = "drop_oldest";

    /// <summary>The subscription lagged and drops the newest.</summary>
    public const string DropNewest = "drop_newest";
}
