using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Hubs;

namespace RealtimeHub.Engine;

/// <summary>How delivery stands now, for status displays. Thread-safe; looks at every cursor, so not for hot paths.</summary>
public sealed class DeliveryGauges
{
    private readonly ChannelDirectory _directory;
    private readonly HubConnections _connections;
    private readonly EngineMetrics _metrics;

    /// <summary>Reads from the engine in a container.</summary>
    public DeliveryGauges(IServiceProvider services)
    {
        _directory = services.GetRequiredService<ChannelDirectory>();
        _connections = services.GetRequiredService<HubConnections>();
        _metrics = services.GetRequiredService<EngineMetrics>();
    }

    /// <summary>Open hub connections.</summary>
    public int Connections => _connections.Count;

    /// <summary>Governed channels held.</summary>
    public int Channels => _directory.Count;

    /// <summary>Subscriptions and streams.</summary>
    public int Subscriptions => _directory.Channels.Sum(c => c.CursorCount);

    /// <summary>Frames appended to governed channels since start.</summary>
    public long FramesPublished => _metrics.FramesPublished;

    /// <summary>Frames written to connections since start.</summary>
    public long FramesDelivered => _connections.FramesDelivered;

    /// <summary>Frames announced as lost since start.</summary>
    public long FramesLost => _metrics.FramesLost;

    /// <summary>The largest lag of any cursor, in frames.</summary>
    public long MaxLagFrames => _directory.Channels.SelectMany(c => c.Cursors()).Select(c => c.Lag).DefaultIfEmpty().Max();

    /// <summary>Cursors that are over their limit.</summary>
    public int LaggingSubscriptions => _directory.Channels.SelectMany(c => c.Cursors()).Count(c => c.IsOverLimit);
}
