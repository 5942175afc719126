namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>Not every client received every frame.</summary>
internal sealed class IncompleteRunException(string variant, int connections, int incomplete, int closed)
    : Exception($"{variant}: {incomplete} of {connections} clients were without some frames when "
        + (closed > 0 ? $"the server had closed {closed}." : "the time was over."));
