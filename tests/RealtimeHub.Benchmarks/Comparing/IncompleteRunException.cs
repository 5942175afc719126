using RealtimeHub.Benchmarks.Load;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>Not every client received every frame in order.</summary>
internal sealed class IncompleteRunException(string variant, int connections, FrameTally tally)
    : Exception($"{variant}: {tally.Incomplete} of {connections} clients were without some frames when "
        + (tally.Closed > 0 ? $"the server had closed {tally.Closed}" : "the run was over")
        + $"; {tally.Missed} frames were missing or out of order.");
