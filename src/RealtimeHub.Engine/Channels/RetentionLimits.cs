namespace RealtimeHub.Engine.Channels;

/// <summary>How much a channel keeps for replay. The newest two frames are kept whatever their size.</summary>
/// <param name="MaxFrames">At most this many frames.</param>
/// <param name="MaxBytes">At most this many bytes.</param>
/// <param name="MaxAge">Nothing older than this.</param>
public sealed record RetentionLimits(int MaxFrames, long MaxBytes, TimeSpan MaxAge)
{
    /// <summary>10,000 frames, 16 MiB, 24 hours.</summary>
    public static RetentionLimits Default { get; } = new(10_000, 16L << 20, TimeSpan.FromHours(24));
}
