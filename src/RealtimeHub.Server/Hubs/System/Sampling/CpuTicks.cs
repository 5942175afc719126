namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>Processor time of the whole machine since it booted, in ticks of its kernel.</summary>
internal readonly record struct CpuTicks(long Busy, long Total);
