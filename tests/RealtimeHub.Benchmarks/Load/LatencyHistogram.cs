using System.Diagnostics;
using System.Numerics;

namespace RealtimeHub.Benchmarks.Load;

/// <summary>Counts durations in logarithmic buckets, 64 to each doubling, so that a percentile is exact to about 1.6 %.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class LatencyHistogram
{
    private const int SubBucketBits = 6;
    private const int SubBuckets = 1 << SubBucketBits;

    private readonly long[] _counts = new long[(65 - SubBucketBits) * SubBuckets];
    private long _total;

    /// <summary>Counts one duration, in ticks of <see cref="Stopwatch"/>; a negative one counts as none.</summary>
    public void Record(long ticks)
    {
        _counts[Bucket(Math.Max(ticks, 0))]++;
        _total++;
    }

    /// <summary>The duration that the given share of all counted ones does not exceed; zero if there are none.</summary>
    public TimeSpan Percentile(double share)
    {
        var left = (long)Math.Ceiling(_total * share);
        for (var bucket = 0; bucket < _counts.Length && _total > 0; bucket++)
        {
            left -= _counts[bucket];
            if (left <= 0)
            {
                return Stopwatch.GetElapsedTime(0, LowerBound(bucket));
            }
        }

        return TimeSpan.Zero;
    }

    private static int Bucket(long ticks)
    {
        var shift = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)ticks) - SubBucketBits);
        return (shift * SubBuckets) + (int)(ticks >> shift);
    }

    private static long LowerBound(int bucket)
    {
        var shift = Math.Max(0, (bucket / SubBuckets) - 1);
        return (bucket - ((long)shift * SubBuckets)) << shift;
    }
}
