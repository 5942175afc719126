using System.Diagnostics;

namespace RealtimeHub.Benchmarks.Load;

/// <summary>A client that reads nothing for a while, then everything for a while, over and over. It begins with the stall.</summary>
internal sealed class CyclicReading(TimeSpan stalled, TimeSpan reading) : IReadingPlan
{
    private long _start;

    public int Allowance(long now)
    {
        _start = _start == 0 ? now : _start;
        var place = Stopwatch.GetElapsedTime(_start, now).TotalSeconds % (stalled + reading).TotalSeconds;
        return place < stalled.TotalSeconds ? 0 : int.MaxValue;
    }

    public void Used(int bytes)
    {
    }
}
