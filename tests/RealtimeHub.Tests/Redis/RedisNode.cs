using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine;
using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Redis;
using RealtimeHub.Redis.Channels;
using RealtimeHub.Redis.Links;

namespace RealtimeHub.Tests.Redis;

/// <summary>The engine of one node on a shared Redis, without hubs.</summary>
internal sealed class RedisNode : IAsyncDisposable
{
    private static readonly IMeterFactory Meters =
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    private readonly RedisLinks _links;

    private RedisNode(RedisOptions options, IEnumerable<ChannelFamily> families)
    {
        var engine = new EngineMetrics(Meters, NullLogger<EngineMetrics>.Instance);
        var metrics = new RedisMetrics(Meters);
        Directory = new ChannelDirectory(families, Options.Create(new ChannelEngineOptions()), Options.Create(new AckOptions()), TimeProvider.System, engine);
        _links = new RedisLinks(Options.Create(options), metrics, TimeProvider.System, NullLogger<RedisLinks>.Instance);
        Store = new RedisChannelStore(Directory, _links, Options.Create(options), metrics, engine, TimeProvider.System, NullLogger<RedisChannelStore>.Instance);
    }

    public ChannelDirectory Directory { get; }

    public RedisChannelStore Store { get; }

    public RedisLink Link => _links.All[0];

    public static async Task<RedisNode> StartAsync(RedisOptions options, params IEnumerable<ChannelFamily> families)
    {
        var node = new RedisNode(options, families);
        await node.Store.StartAsync(TestContext.Current.CancellationToken);
        return node;
    }

    /// <summary>Options with short times.</summary>
    public static RedisOptions Quick(string endpoint, string prefix) => new()
    {
        Endpoints = [endpoint],
        KeyPrefix = prefix,
        CallTimeout = TimeSpan.FromSeconds(10),
        RetryDelay = TimeSpan.FromMilliseconds(50),
        BreakerPause = TimeSpan.FromMilliseconds(300),
        SupervisionInterval = TimeSpan.FromSeconds(1),
        PositionCheckInterval = TimeSpan.FromSeconds(1),
    };

    public async ValueTask DisposeAsync()
    {
        await Store.StopAsync();
        await _links.DisposeAsync();
    }
}
