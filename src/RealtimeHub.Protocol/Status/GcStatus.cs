namespace RealtimeHub.Protocol.Status;

/// <summary>The garbage collector.</summary>
/// <param name="Gen0">Collections of generation 0 since start.</param>
/// <param name="Gen1">Collections of generation 1 since start.</param>
/// <param name="Gen2">Collections of generation 2 since start.</param>
/// <param name="PausePercent">Time in pauses since start, 0 to 100.</param>
/// <param name="AllocatedBytesPerSecond">Allocation rate since the last sample.</param>
public sealed record GcStatus(int Gen0, int Gen1, int Gen2, double PausePercent, double AllocatedBytesPerSecond);
