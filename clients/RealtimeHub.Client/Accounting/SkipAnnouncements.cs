namespace RealtimeHub.Client.Accounting;

/// <summary>Skips that are announced but do not yet explain every hole in their ranges: notices for other reasons may follow.</summary>
/// <remarks>Used only under the lock of a <see cref="Coverage"/>.</remarks>
internal sealed class SkipAnnouncements
{
    private readonly OffsetRanges _ranges = [];
    private readonly Dictionary<string, long> _counts = [];
    private long _announced;

    public bool IsEmpty => _ranges.Count == 0;

    /// <summary>Books a notice. After a reconnect it may repeat in part what is covered: it counts for no more than it can explain.</summary>
    public void Add(long from, long to, long count, string reason, OffsetRanges covered)
    {
        _ranges.Add(from, to);
        var explained = Math.Min(count, Unexplained(covered));
        _announced += explained;
        _counts[reason] = _counts.GetValueOrDefault(reason) + explained;
    }

    /// <summary>How many holes of the announced ranges no notice explains.</summary>
    public long Unexplained(OffsetRanges covered)
    {
        var holes = _ranges.OffsetCount;
        foreach (var range in _ranges)
        {
            holes -= covered.CountIn(range.From, range.To);
        }

        return Math.Max(0, holes - _announced);
    }

    /// <summary>Books everything announced, and is empty then.</summary>
    public void MoveTo(OffsetRanges covered, Dictionary<string, long> counts)
    {
        foreach (var range in _ranges)
        {
            covered.Add(range.From, range.To);
        }

        foreach (var (reason, count) in _counts)
        {
            counts[reason] = counts.GetValueOrDefault(reason) + count;
        }

        Clear();
    }

    /// <summary>Forgets what was announced: it will be announced again.</summary>
    public void Clear()
    {
        _ranges.Clear();
        _counts.Clear();
        _announced = 0;
    }
}
