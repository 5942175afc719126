namespace RealtimeHub.Engine.Cursors;

/// <summary>How far a cursor may lag before its policy acts. Two frames are always allowed, whatever their size.</summary>
/// <param name="Frames">At most this many frames, at least 2.</param>
/// <param name="Bytes">At most this many bytes.</param>
public readonly record struct LagLimits(long Frames, long Bytes)
{
    /// <summary>The limits of a subscription that asks for none: 1,000 frames, 4 MiB.</summary>
    public static LagLimits Default { get; } = new(1_000, 4L << 20);

    /// <summary>The limits of a connection's share of raw hub sends: 256 messages, 1 MiB.</summary>
    public static LagLimits RawSends { get; } = new(256, 1L << 20);

    /// <summary>Twice these limits.</summary>
    public LagLimits Twice() => new(Frames * 2, Bytes * 2);

    /// <summary>Whether a reader that has been served up to an offset lags too far.</summary>
    public bool AreExceeded(long served, ILagIndex index)
    {
        var lag = index.Newest - served;
        return lag > 2 && (lag > Frames || index.BytesAfter(served) > Bytes);
    }
}
