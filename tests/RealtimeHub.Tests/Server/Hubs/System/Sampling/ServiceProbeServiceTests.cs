using System.Threading.Channels;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Hubs.System.Sampling;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

public sealed class ServiceProbeServiceTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _clock = new();
    private readonly CapturedLog<ServiceProbeService> _log = new();
    private readonly ServiceProbe _probe;
    private readonly ServiceRegistry _registry;
    private readonly Channel<ServiceStatusChange> _changes = Channel.CreateUnbounded<ServiceStatusChange>();

    public ServiceProbeServiceTests()
    {
        _probe = new ServiceProbe(_clock);
        _registry = new ServiceRegistry(_clock);
        _registry.Changed += change => _changes.Writer.TryWrite(change);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _probe.Dispose();

    [Fact]
    public async Task ExecuteAsync_probes_at_once_and_again_after_each_interval()
    {
        var code = 200;
        await using var server = await ProbedServer.StartAsync(context =>
        {
            context.Response.StatusCode = Volatile.Read(ref code);
            return Task.CompletedTask;
        });
        using var service = Start(server);

        Assert.Equal("healthy", (await NextChangeAsync()).Current.Status);
        Volatile.Write(ref code, 500);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("unhealthy", (await NextChangeAsync()).Current.Status);
        await service.StopAsync(Token);

        Assert.Equal(
            ["ServiceHealthy: Service probed is healthy.", "ServiceUnhealthy: Service probed is unhealthy: It answered 500."],
            _log.Messages);
    }

    [Fact]
    public async Task ExecuteAsync_never_has_two_probes_of_one_service_under_way()
    {
        var asked = Channel.CreateUnbounded<int>();
        var released = new SemaphoreSlim(0);
        var underWay = 0;
        await using var server = await ProbedServer.StartAsync(async context =>
        {
            await asked.Writer.WriteAsync(Interlocked.Increment(ref underWay));
            await released.WaitAsync(context.RequestAborted);
            Interlocked.Decrement(ref underWay);
        });
        using var service = Start(server, timeout: TimeSpan.FromMinutes(1), interval: TimeSpan.FromSeconds(1));

        var first = await asked.Reader.ReadAsync(Token).AsTask().WaitAsync(Limit, Token);
        for (var i = 0; i < 5; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        released.Release();
        var second = await asked.Reader.ReadAsync(Token).AsTask().WaitAsync(Limit, Token);
        released.Release();
        await service.StopAsync(Token).WaitAsync(Limit, Token);

        Assert.Equal((1, 1), (first, second));
    }

    [Fact]
    public async Task StopAsync_ends_a_probe_that_waits_and_reports_nothing()
    {
        var asked = new TaskCompletionSource();
        await using var server = await ProbedServer.StartAsync(async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var service = Start(server);
        await asked.Task.WaitAsync(Limit, Token);

        await service.StopAsync(Token).WaitAsync(Limit, Token);

        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Empty(_registry.Statuses);
    }

    private ServiceProbeService Start(ProbedServer server, TimeSpan? timeout = null, TimeSpan? interval = null)
    {
        var watched = new WatchedService
        {
            Name = "probed",
            Url = server.Url.ToString(),
            Timeout = timeout ?? TimeSpan.FromSeconds(5),
            Interval = interval ?? TimeSpan.FromSeconds(30),
        };
        var service = new ServiceProbeService(
            _probe, _registry, Options.Create(new SystemSamplingOptions { Services = [watched] }), _clock, _log);
        _ = service.StartAsync(Token);
        return service;
    }

    private Task<ServiceStatusChange> NextChangeAsync() => _changes.Reader.ReadAsync(Token).AsTask().WaitAsync(Limit, Token);
}
