namespace RealtimeHub.Protocol.Status;

/// <summary>One graphics processor.</summary>
/// <param name="Name">Its product name.</param>
/// <param name="UtilizationPercent">0 to 100.</param>
/// <param name="MemoryUsedBytes">Memory used.</param>
/// <param name="MemoryTotalBytes">Memory in all.</param>
/// <param name="TemperatureCelsius">Temperature of the chip.</param>
public sealed record GpuStatus(string Name, double? UtilizationPercent, long? MemoryUsedBytes, long? MemoryTotalBytes, double? TemperatureCelsius);
