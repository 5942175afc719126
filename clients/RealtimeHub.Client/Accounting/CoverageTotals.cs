namespace RealtimeHub.Client.Accounting;

/// <summary>How many offsets of a channel a subscription has received, had skipped or lost, over all epochs.</summary>
public sealed record CoverageTotals
{
    /// <summary>Frames received, each counted once.</summary>
    public long Received { get; init; }

    /// <summary>Frames that came again and were not shown.</summary>
    public long Duplicates { get; init; }

    /// <summary>Offsets that are announced as withheld on purpose, by reason.</summary>
    public IReadOnlyDictionary<string, long> Skipped { get; init; } = new Dictionary<string, long>();

    /// <summary>Offsets that are announced as lost, by reason.</summary>
    public IReadOnlyDictionary<string, long> Lost { get; init; } = new Dictionary<string, long>();

    /// <summary>Offsets that neither came nor were announced although the server said so: must be 0.</summary>
    public long Missing { get; init; }

    /// <summary>Offsets of the current epoch of which nothing is known yet.</summary>
    public long Pending { get; init; }

    /// <summary>How often the channel's log began anew; what the old log held after the last position cannot be known.</summary>
    public int EpochChanges { get; init; }

    /// <summary>The sum of <see cref="Skipped"/>.</summary>
    public long SkippedCount => Skipped.Values.Sum();

    /// <summary>The sum of <see cref="Lost"/>.</summary>
    public long LostCount => Lost.Values.Sum();

    internal CoverageTotals Plus(CoverageTotals right) => new()
    {
        Received = Received + right.Received,
        Duplicates = Duplicates + right.Duplicates,
        Skipped = Sum(Skipped, right.Skipped),
        Lost = Sum(Lost, right.Lost),
        Missing = Missing + right.Missing,
        Pending = Pending + right.Pending,
        EpochChanges = EpochChanges + right.EpochChanges,
    };

    private static Dictionary<string, long> Sum(IReadOnlyDictionary<string, long> left, IReadOnlyDictionary<string, long> right)
    {
        var sum = new Dictionary<string, long>(left);
        foreach (var (reason, count) in right)
        {
            sum[reason] = sum.GetValueOrDefault(reason) + count;
        }

        return sum;
    }
}
