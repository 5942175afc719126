namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>Not every client received every frame.</summary>
internal sealed class IncompleteRunException(int connections, int incomplete, int closed)
    : Exception($"{incomplete} of {connections} clients did not receive everything in time; the server closed {closed}.")
{
    /// <summary>Clients that the run had.</summary>
    public int Connections { get; } = connections;

    /// <summary>Clients that were still waiting for frames.</summary>
    public int Incomplete { get; } = incomplete;

    /// <summary>Clients that the server closed during the run.</summary>
    public int Closed { get; } = closed;
}
