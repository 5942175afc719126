namespace RealtimeHub.Client.Accounting;

/// <summary>Neighbouring offsets of one channel log, both ends included.</summary>
/// <param name="From">The first offset.</param>
/// <param name="To">The last offset; not below <paramref name="From"/>.</param>
public readonly record struct OffsetRange(long From, long To)
{
    /// <summary>How many offsets it holds.</summary>
    public long Count => To - From + 1;

    /// <summary>The form <c>5</c> or <c>5-9</c>.</summary>
    public override string ToString() => From == To ? $"{From}" : $"{From}-{To}";
}
