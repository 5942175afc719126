using RealtimeHub.Protocol.Status;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>What the machine and the process tell at one moment; what only counts up becomes a rate against the reading before.</summary>
internal sealed record MachineReading
{
    public required int Processors { get; init; }

    /// <summary>Processor time that the process has used since start.</summary>
    public required TimeSpan ProcessCpu { get; init; }

    /// <summary>Absent where the system does not tell.</summary>
    public CpuTicks? MachineCpu { get; init; }

    /// <summary>Absent where the system does not tell.</summary>
    public double? LoadAverage1m { get; init; }

    public required MemoryStatus Memory { get; init; }

    /// <summary>Collections of generations 0, 1 and 2 since start.</summary>
    public required (int Gen0, int Gen1, int Gen2) Collections { get; init; }

    /// <summary>Time in pauses of the collector since start.</summary>
    public required TimeSpan Paused { get; init; }

    /// <summary>Bytes allocated since start.</summary>
    public required long AllocatedBytes { get; init; }

    public required ThreadStatus Threads { get; init; }

    public DiskStatus? Disk { get; init; }

    /// <summary>How long the process has run.</summary>
    public required TimeSpan Uptime { get; init; }
}
