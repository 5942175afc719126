namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>One run of frames at a pace.</summary>
/// <param name="CpuMicroseconds">Processor time of the server for one delivered frame.</param>
/// <param name="Median">From sending to receiving, over all clients.</param>
/// <param name="Latency99">The 99th percentile of the same.</param>
internal sealed record PacedRun(double CpuMicroseconds, TimeSpan Median, TimeSpan Latency99);
