namespace RealtimeHub.Protocol.Status;

/// <summary>Memory, in bytes.</summary>
/// <param name="ProcessBytes">Resident memory of this process.</param>
/// <param name="ManagedHeapBytes">The managed heap, as of the last collection.</param>
/// <param name="MachineTotalBytes">What the process may use at most.</param>
/// <param name="MachineAvailableBytes">What is free for new work; absent where the system does not tell.</param>
public sealed record MemoryStatus(long ProcessBytes, long ManagedHeapBytes, long MachineTotalBytes, long? MachineAvailableBytes);
