using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Pumps;

namespace RealtimeHub.Engine;

/// <summary>What every connection of the node shares.</summary>
internal sealed class EngineContext(
    TimeProvider clock, IOptions<ChannelEngineOptions> options, EngineMetrics metrics, ILogger<EngineContext> logger)
{
    public TimeProvider Clock { get; } = clock;

    public ChannelEngineOptions Options { get; } = options.Value;

    public EngineMetrics Metrics { get; } = metrics;

    public ILogger Logger { get; } = logger;

    public SlowConsumerMemory SlowConsumers { get; } = new(clock);
}
