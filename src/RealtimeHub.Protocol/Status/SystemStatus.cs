namespace RealtimeHub.Protocol.Status;

/// <summary>The payload of <c>node.status</c>: one node, as measured just before.</summary>
public sealed record SystemStatus
{
    /// <summary>The node's name.</summary>
    public required string Node { get; init; }

    /// <summary><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>: the worst of the registered services and of the node itself.</summary>
    public required string Health { get; init; }

    /// <summary>How long the process has run.</summary>
    public required double UptimeSeconds { get; init; }

    /// <summary>Processors.</summary>
    public required CpuStatus Cpu { get; init; }

    /// <summary>Memory.</summary>
    public required MemoryStatus Memory { get; init; }

    /// <summary>The garbage collector.</summary>
    public required GcStatus Gc { get; init; }

    /// <summary>Threads.</summary>
    public required ThreadStatus Threads { get; init; }

    /// <summary>The disk that the server runs from.</summary>
    public DiskStatus? Disk { get; init; }

    /// <summary>Delivery.</summary>
    public required DeliveryStatus Delivery { get; init; }

    /// <summary>Graphics processors; absent where there is none.</summary>
    public IReadOnlyList<GpuStatus>? Gpu { get; init; }

    /// <summary>Registered services.</summary>
    public IReadOnlyList<ServiceStatus> Services { get; init; } = [];
}
