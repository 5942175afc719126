namespace RealtimeHub.Server.Diagnostics;

/// <summary>One series: a number, or a histogram. Thread-safe.</summary>
internal sealed class MetricSeries(double[]? bounds)
{
    private readonly Lock _gate = new();
    private readonly long[]? _buckets = bounds is null ? null : new long[bounds.Length + 1];
    private double _value;
    private long _count;

    public void Record(double value, bool isAdded)
    {
        lock (_gate)
        {
            if (bounds is not null)
            {
                var index = Array.FindIndex(bounds, b => value <= b);
                _buckets![index < 0 ? bounds.Length : index]++;
                _count++;
                _value += value;
            }
            else
            {
                _value = isAdded ? _value + value : value;
            }
        }
    }

    /// <summary>What it says now: the value or the sum, the count, and the cumulated buckets with their upper bounds.</summary>
    public (double Value, long Count, IReadOnlyList<(double Bound, long Count)> Buckets) Read()
    {
        lock (_gate)
        {
            if (bounds is null)
            {
                return (_value, 0, []);
            }

            var buckets = new List<(double, long)>(bounds.Length + 1);
            var sum = 0L;
            for (var i = 0; i <= bounds.Length; i++)
            {
                sum += _buckets![i];
                buckets.Add((i < bounds.Length ? bounds[i] : double.PositiveInfinity, sum));
            }

            return (_value, _count, buckets);
        }
    }
}
