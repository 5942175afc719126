namespace RealtimeHub.Benchmarks.Load;

/// <summary>A client that never reads anything.</summary>
internal sealed class NeverReading : IReadingPlan
{
    public int Allowance(long now) => 0;

    public void Used(int bytes)
    {
    }
}
