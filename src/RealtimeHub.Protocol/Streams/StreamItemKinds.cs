namespace RealtimeHub.Protocol.Streams;

/// <summary>The kinds of <see cref="StreamItem"/>.</summary>
public static class StreamItemKinds
{
    /// <summary>The first item of an accepted stream.</summary>
    public const string Subscribed = "subscribed";

    /// <summary>A frame.</summary>
    public const string Frame = "frame";

    /// <summary>Lost frames.</summary>
    public const string Gap = "gap";

    /// <summary>Frames withheld on purpose.</summary>
    public const string Skipped = "skipped";

    /// <summary>The reader lags beyond its limit.</summary>
    public const string Degraded = "degraded";

    /// <summary>A degraded reader has caught up.</summary>
    public const string Restored = "restored";

    /// <summary>Last: refused or broken off.</summary>
    public const string Error = "error";

    /// <summary>Last: the channel has ended.</summary>
    public const string End = "end";
}
