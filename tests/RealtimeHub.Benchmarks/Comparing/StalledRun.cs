namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>What the healthy clients of a server saw during one run, and what the server kept in memory.</summary>
/// <param name="LongestSilence">The longest time that any healthy client went without a frame.</param>
/// <param name="Latency99">The 99th percentile from sending to receiving, over all healthy clients.</param>
/// <param name="HeapBytes">The managed heap after a full collection, several times during the run.</param>
/// <param name="Published">Frames that the publisher managed to send.</param>
/// <param name="Missed">Frames that healthy clients did not get, or got out of order.</param>
/// <param name="Replaced">How often a stalled client found itself closed and connected anew.</param>
internal sealed record StalledRun(
    TimeSpan LongestSilence, TimeSpan Latency99, IReadOnlyList<double> HeapBytes, int Published, long Missed, int Replaced);
