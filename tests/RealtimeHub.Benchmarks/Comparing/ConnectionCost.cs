using RealtimeHub.Benchmarks.Serving;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>Memory of a server per connection.</summary>
/// <param name="HeapBytes">Managed heap after a full collection.</param>
/// <param name="WorkingSetBytes">Resident memory, which also holds what the collector has not given back.</param>
internal sealed record ConnectionCost(double HeapBytes, double WorkingSetBytes)
{
    /// <summary>What so many connections have added between two reports.</summary>
    public static ConnectionCost Between(ServerReport before, ServerReport after, int connections) => new(
        (double)(after.HeapBytes - before.HeapBytes) / connections,
        (double)(after.WorkingSetBytes - before.WorkingSetBytes) / connections);
}
