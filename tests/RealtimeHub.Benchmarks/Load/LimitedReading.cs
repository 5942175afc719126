using System.Diagnostics;

namespace RealtimeHub.Benchmarks.Load;

/// <summary>A client that reads at a steady rate. What it does not use within a second is gone.</summary>
internal sealed class LimitedReading(int bytesPerSecond) : IReadingPlan
{
    private double _allowance;
    private long _last;

    public int Allowance(long now)
    {
        if (_last != 0)
        {
            var earned = Stopwatch.GetElapsedTime(_last, now).TotalSeconds * bytesPerSecond;
            _allowance = Math.Min(_allowance + earned, bytesPerSecond);
        }

        _last = now;
        return (int)_allowance;
    }

    public void Used(int bytes) => _allowance -= bytes;
}
