using System.Numerics;

namespace RealtimeHub.Cli.Bench;

/// <summary>Latencies in microseconds with a high dynamic range: every value is kept to within 1 %, from 1 µs to days, in a fixed table. Thread-safe.</summary>
/// <remarks>The layout is that of HdrHistogram (Tene, 2012): each power of two is divided into 128 equal parts.</remarks>
internal sealed class LatencyHistogram
{
    private const int PartBits = 7;
    private const int Parts = 1 << PartBits;
    private const int MaxBits = 40;

    private readonly long[] _counts = new long[(MaxBits - PartBits + 1) << PartBits];
    private long _count;
    private long _max;

    public long Count => Interlocked.Read(ref _count);

    public double MaxMs => Interlocked.Read(ref _max) / 1000.0;

    public void Record(TimeSpan latency)
    {
        var value = Math.Clamp((long)latency.TotalMicroseconds, 0, (1L << MaxBits) - 1);
        Interlocked.Increment(ref _counts[IndexOf(value)]);
        Interlocked.Increment(ref _count);
        long max;
        while (value > (max = Interlocked.Read(ref _max)) && Interlocked.CompareExchange(ref _max, value, max) != max)
        {
            // Another thread has set a new maximum; compare again.
        }
    }

    /// <summary>The latency that this share of all values does not exceed, in milliseconds; 0 when there are none.</summary>
    public double PercentileMs(double share)
    {
        var (rank, seen) = ((long)Math.Ceiling(Count * share), 0L);
        for (var i = 0; i < _counts.Length && rank > 0; i++)
        {
            seen += Interlocked.Read(ref _counts[i]);
            if (seen >= rank)
            {
                return Math.Min(UpperEdge(i) / 1000.0, MaxMs);
            }
        }

        return MaxMs;
    }

    private static int IndexOf(long value)
    {
        if (value < Parts)
        {
            return (int)value;
        }

        var shift = BitOperations.Log2((ulong)value) - PartBits;
        return ((shift + 1) << PartBits) + (int)(value >> shift) - Parts;
    }

    private static long UpperEdge(int index)
    {
        if (index < 2 * Parts)
        {
            return index;
        }

        var shift = (index >> PartBits) - 1;
        return (((long)(index & (Parts - 1)) + Parts + 1) << shift) - 1;
    }
}
