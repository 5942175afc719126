using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeHub.Protocol.Status;
using RealtimeHub.Server.Hubs.System.Sampling;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

public class SystemSamplerTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly FixedGauges _gauges = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SampleAsync_measures_this_machine()
    {
        await using var app = Build();
        var sampler = app.Services.GetRequiredService<SystemSampler>();
        Assert.Null(sampler.Current);
        _clock.Advance(TimeSpan.FromSeconds(5));

        var status = await sampler.SampleAsync(Token);

        Assert.Same(status, sampler.Current);
        Assert.Equal("node-1", status.Node);
        Assert.Equal("healthy", status.Health);
        Assert.InRange(status.UptimeSeconds, 5, 3_600);
        Assert.Equal(Environment.ProcessorCount, status.Cpu.Count);
        Assert.InRange(status.Cpu.ProcessPercent, 0, 100);
        Assert.InRange(status.Memory.ProcessBytes, 1 << 20, long.MaxValue);
        Assert.InRange(status.Memory.MachineTotalBytes, 1 << 20, long.MaxValue);
        Assert.InRange(status.Threads.Process, 1, int.MaxValue);
        Assert.InRange(status.Gc.PausePercent, 0, 100);
        Assert.NotNull(status.Disk);
        Assert.Null(status.Gpu);
        Assert.Equal(OperatingSystem.IsLinux(), status.Cpu.LoadAverage1m is not null);
        Assert.Equal(OperatingSystem.IsLinux(), status.Memory.MachineAvailableBytes is not null);
    }

    [Fact]
    public async Task SampleAsync_makes_rates_against_the_sample_before()
    {
        _gauges.Reading = new DeliveryReading(1, 2, 3, 1_000, 5_000, 10, 4, 0);
        await using var app = Build();
        var sampler = app.Services.GetRequiredService<SystemSampler>();
        _clock.Advance(TimeSpan.FromSeconds(5));
        _gauges.Reading = new DeliveryReading(2, 3, 4, 1_100, 6_000, 10, 7, 1);

        var first = await sampler.SampleAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(10));
        var second = await sampler.SampleAsync(Token);

        Assert.Equal(new DeliveryStatus(2, 3, 4, 20, 200, 0, 7, 1), first.Delivery);
        Assert.Equal(new DeliveryStatus(2, 3, 4, 0, 0, 0, 7, 1), second.Delivery);
        Assert.Equal(first.UptimeSeconds + 10, second.UptimeSeconds, 3);
    }

    [Fact]
    public async Task SampleAsync_carries_the_services_and_their_worst_health()
    {
        await using var app = Build();
        app.Services.GetRequiredService<ServiceRegistry>().Report(new ServiceStatus { Service = "detector", Status = "restarting" });

        var status = await app.Services.GetRequiredService<SystemSampler>().SampleAsync(Token);

        Assert.Equal("degraded", status.Health);
        Assert.Equal("detector", Assert.Single(status.Services).Service);
    }

    [Fact]
    public void CpuOf_and_GcOf_compare_two_readings()
    {
        var before = Reading(cpuSeconds: 10, new CpuTicks(100, 1_000), allocated: 1_000);
        var now = Reading(cpuSeconds: 12, new CpuTicks(300, 1_400), allocated: 6_000);

        Assert.Equal(new CpuStatus(4, 10, 50, 0.5), SystemSampler.CpuOf(before, now, TimeSpan.FromSeconds(5)));
        Assert.Equal(new GcStatus(3, 2, 1, 1, 1_000), SystemSampler.GcOf(before, now, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void CpuOf_leaves_out_what_the_system_does_not_tell()
    {
        var reading = Reading(cpuSeconds: 1, null, 0) with { LoadAverage1m = null };

        Assert.Equal(new CpuStatus(4, 0, null, null), SystemSampler.CpuOf(reading, reading, TimeSpan.FromSeconds(5)));
    }

    private static MachineReading Reading(double cpuSeconds, CpuTicks? machine, long allocated) => new()
    {
        Processors = 4,
        ProcessCpu = TimeSpan.FromSeconds(cpuSeconds),
        MachineCpu = machine,
        LoadAverage1m = 0.5,
        Memory = new MemoryStatus(1, 1, 1, null),
        Collections = (3, 2, 1),
        Paused = TimeSpan.FromSeconds(1),
        AllocatedBytes = allocated,
        Threads = new ThreadStatus(1, 1, 0),
        Uptime = TimeSpan.FromSeconds(100),
    };

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["System:NodeName"] = "node-1";
        builder.Configuration["System:GpuCommand"] = "";
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton<IDeliveryGauges>(_gauges);
        builder.Services.AddSystemSampling();
        return builder.Build();
    }
}
