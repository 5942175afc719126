using RealtimeHub.Protocol.Status;
using RealtimeHub.Server.Hubs.System.Sampling;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

public class ServiceRegistryTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ServiceRegistry _registry;
    private readonly List<ServiceStatusChange> _changes = [];

    public ServiceRegistryTests()
    {
        _registry = new ServiceRegistry(_clock);
        _registry.Changed += _changes.Add;
    }

    [Fact]
    public void Report_keeps_the_newest_and_tells_changes_only()
    {
        Assert.True(_registry.Report(Status("redis", "healthy")));
        Assert.True(_registry.Report(Status("redis", "healthy") with { Message = "still" }));
        Assert.True(_registry.Report(Status("redis", "failed")));

        Assert.Equal([(null, "healthy"), ("healthy", "failed")], _changes.Select(c => (c.PreviousStatus, c.Current.Status)));
        Assert.Equal("failed", Assert.Single(_registry.Statuses).Status);
    }

    [Fact]
    public void Report_by_the_service_itself_keeps_the_latency_of_the_probe()
    {
        _registry.Report(Status("redis", "healthy") with { LatencyMs = 12 });
        _registry.Report(Status("Redis", "degraded"));

        var status = Assert.Single(_registry.Statuses);
        Assert.Equal(("degraded", 12), (status.Status, status.LatencyMs));
    }

    [Fact]
    public void Report_refuses_what_is_older_and_does_not_believe_in_the_future()
    {
        var start = _clock.GetUtcNow();
        Assert.True(_registry.Report(Status("redis", "failed") with { CheckedAt = start.AddDays(1) }));
        Assert.Equal(start, Assert.Single(_registry.Statuses).CheckedAt);

        Assert.False(_registry.Report(Status("redis", "running") with { CheckedAt = start.AddSeconds(-1) }));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_registry.Report(Status("redis", "healthy")));

        Assert.Equal("healthy", _registry.Health);
    }

    [Fact]
    public void Report_refuses_a_service_too_many()
    {
        for (var i = 0; i < ServiceRegistry.MaxServices; i++)
        {
            Assert.True(_registry.Report(Status($"service-{i}", "healthy")));
        }

        Assert.False(_registry.Report(Status("one-more", "failed")));
        Assert.True(_registry.Report(Status("service-0", "failed")));
    }

    [Theory]
    [InlineData("", "healthy")]
    [InlineData("healthy running disabled", "healthy")]
    [InlineData("healthy degraded", "degraded")]
    [InlineData("healthy restarting unknown", "degraded")]
    [InlineData("healthy whatever", "degraded")]
    [InlineData("degraded crashed healthy", "unhealthy")]
    [InlineData("stopped", "unhealthy")]
    public void Health_is_the_worst_of_all(string states, string expected)
    {
        foreach (var (index, state) in states.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index())
        {
            _registry.Report(Status($"service-{index}", state));
        }

        Assert.Equal(expected, _registry.Health);
    }

    [Fact]
    public void Statuses_come_by_name()
    {
        _registry.Report(Status("b", "healthy"));
        _registry.Report(Status("a", "healthy"));

        Assert.Equal(["a", "b"], _registry.Statuses.Select(s => s.Service));
    }

    private static ServiceStatus Status(string service, string status) => new() { Service = service, Status = status };
}
