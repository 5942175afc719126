using RealtimeHub.Server.Diagnostics;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>The processor time that climate computations have taken on this server: what the estimates of energy are made of. Thread-safe.</summary>
internal sealed class ComputingTime
{
    private long _nanoseconds;

    public double Seconds => Volatile.Read(ref _nanoseconds) / 1e9;

    /// <summary>Computes something, and counts what it took of the calling thread. What it awaits is not counted.</summary>
    public T Measure<T>(Func<T> compute)
    {
        var before = ThreadCpu.Nanoseconds();
        try
        {
            return compute();
        }
        finally
        {
            Interlocked.Add(ref _nanoseconds, ThreadCpu.Nanoseconds() - before);
        }
    }
}
