namespace RealtimeHub.Protocol.Status;

/// <summary>Threads.</summary>
/// <param name="Process">Threads of the process.</param>
/// <param name="Pool">Threads of the pool.</param>
/// <param name="PoolQueueLength">Work items that wait for a pool thread.</param>
public sealed record ThreadStatus(int Process, int Pool, long PoolQueueLength);
