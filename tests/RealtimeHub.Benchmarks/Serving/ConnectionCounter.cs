namespace RealtimeHub.Benchmarks.Serving;

/// <summary>Counts the connections that have joined their group.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ConnectionCounter
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Increment() => Interlocked.Increment(ref _count);

    public void Decrement() => Interlocked.Decrement(ref _count);
}
