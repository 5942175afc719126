namespace RealtimeHub.Protocol.Status;

/// <summary>Processors.</summary>
/// <param name="Count">How many the process may use.</param>
/// <param name="ProcessPercent">Of all of them, used by this process since the last sample; 0 to 100.</param>
/// <param name="MachinePercent">Of all of them, used by anything; absent where the system does not tell.</param>
/// <param name="LoadAverage1m">Runnable tasks, 1 minute mean; absent where the system does not tell.</param>
public sealed record CpuStatus(int Count, double ProcessPercent, double? MachinePercent, double? LoadAverage1m);
