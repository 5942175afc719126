namespace RealtimeHub.Protocol.Requests;

/// <summary>The wire names of what happens to a subscription that lags beyond its limit.</summary>
public static class SlowConsumerPolicies
{
    /// <summary>The oldest frames beyond the limit are lost, announced by a gap.</summary>
    public const string DropOldest = "drop_oldest";

    /// <summary>What was waiting when the limit was met is delivered; what came after it is lost, announced by a gap.</summary>
    public const string DropNewest = "drop_newest";

    /// <summary>Every nth waiting frame is delivered, the others skipped.</summary>
    public const string Compress = "compress";

    /// <summary>Of the waiting frames with one key only the newest is delivered, the others skipped.</summary>
    public const string Conflate = "conflate";

    /// <summary>The connection is closed.</summary>
    public const string Disconnect = "disconnect";

    /// <summary>Like <see cref="Compress"/>; at twice the limit the subscription goes over to the channel's coarser sibling, where there is one.</summary>
    public const string Coarsen = "coarsen";

    /// <summary>Nothing is dropped while the log keeps it.</summary>
    public const string Lossless = "lossless";

    /// <summary>Every policy.</summary>
    public static IReadOnlyList<string> All { get; } = [DropOldest, DropNewest, Compress, Conflate, Disconnect, Coarsen, Lossless];
}
