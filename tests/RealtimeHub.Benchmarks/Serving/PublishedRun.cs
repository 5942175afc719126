namespace RealtimeHub.Benchmarks.Serving;

/// <summary>What a publisher has done.</summary>
/// <param name="Frames">Frames sent.</param>
/// <param name="StartedAt">When it began, in ticks of the machine's monotonic clock.</param>
/// <param name="EndedAt">When the last send had completed.</param>
internal sealed record PublishedRun(int Frames, long StartedAt, long EndedAt);
