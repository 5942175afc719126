using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Status;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>Measures this node: processors, memory, collector, threads, disk, graphics, delivery and registered services.</summary>
/// <remarks>One caller samples; rates are against its sample before. <see cref="Current"/> may be read from anywhere.</remarks>
internal sealed class SystemSampler
{
    private readonly MachineReader _machine;
    private readonly GpuProbe _gpu;
    private readonly IDeliveryGauges _gauges;
    private readonly ServiceRegistry _services;
    private readonly TimeProvider _time;
    private readonly string _node;
    private long _sampledAt;
    private MachineReading _before;
    private DeliveryReading _deliveryBefore;
    private volatile SystemStatus? _current;

    public SystemSampler(
        MachineReader machine,
        GpuProbe gpu,
        IDeliveryGauges gauges,
        ServiceRegistry services,
        IOptions<SystemSamplingOptions> options,
        TimeProvider time)
    {
        _machine = machine;
        _gpu = gpu;
        _gauges = gauges;
        _services = services;
        _time = time;
        _node = options.Value.NodeName;
        _sampledAt = time.GetTimestamp();
        _before = machine.Read();
        _deliveryBefore = gauges.Read();
    }

    /// <summary>The newest sample; nothing before the first.</summary>
    public SystemStatus? Current => _current;

    /// <summary>Measures now. Waits for the graphics command at most as long as the options allow.</summary>
    public async Task<SystemStatus> SampleAsync(CancellationToken cancellationToken)
    {
        var gpu = await _gpu.ReadAsync(cancellationToken);
        var now = _time.GetTimestamp();
        var elapsed = _time.GetElapsedTime(_sampledAt, now);
        var machine = _machine.Read();
        var delivery = _gauges.Read();

        var status = new SystemStatus
        {
            Node = _node,
            Health = _services.Health,
            UptimeSeconds = Math.Round(machine.Uptime.TotalSeconds, 3),
            Cpu = CpuOf(_before, machine, elapsed),
            Memory = machine.Memory,
            Gc = GcOf(_before, machine, elapsed),
            Threads = machine.Threads,
            Disk = machine.Disk,
            Delivery = DeliveryOf(_deliveryBefore, delivery, elapsed),
            Gpu = gpu,
            Services = _services.Statuses,
        };

        (_sampledAt, _before, _deliveryBefore) = (now, machine, delivery);
        return _current = status;
    }

    /// <summary>Processors, between two readings.</summary>
    internal static CpuStatus CpuOf(MachineReading before, MachineReading now, TimeSpan elapsed) => new(
        now.Processors,
        Rates.Percent((now.ProcessCpu - before.ProcessCpu).TotalSeconds, elapsed.TotalSeconds * now.Processors),
        Rates.BusyPercent(before.MachineCpu, now.MachineCpu),
        now.LoadAverage1m);

    /// <summary>The collector, between two readings.</summary>
    internal static GcStatus GcOf(MachineReading before, MachineReading now, TimeSpan elapsed) => new(
        now.Collections.Gen0,
        now.Collections.Gen1,
        now.Collections.Gen2,
        Rates.Percent(now.Paused.TotalSeconds, now.Uptime.TotalSeconds),
        Rates.PerSecond(before.AllocatedBytes, now.AllocatedBytes, elapsed));

    /// <summary>Delivery, between two readings.</summary>
    internal static DeliveryStatus DeliveryOf(DeliveryReading before, DeliveryReading now, TimeSpan elapsed) => new(
        now.Connections,
        now.Channels,
        now.Subscriptions,
        Rates.PerSecond(before.FramesPublished, now.FramesPublished, elapsed),
        Rates.PerSecond(before.FramesDelivered, now.FramesDelivered, elapsed),
        Rates.PerSecond(before.FramesLost, now.FramesLost, elapsed),
        now.MaxLagFrames,
        now.LaggingSubscriptions);
}
