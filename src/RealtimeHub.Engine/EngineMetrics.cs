using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using RealtimeHub.Engine.Cursors;

namespace RealtimeHub.Engine;

/// <summary>What the engine counts. Thread-safe.</summary>
/// <remarks>Delivered frames are counted by each pump for itself and added up when somebody looks, so that no counter is shared per frame and connection.</remarks>
public sealed class EngineMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "RealtimeHub";

    private readonly ILogger<EngineMetrics> _logger;
    private readonly Counter<long> _degraded;
    private long _published;
    private long _lost;
    private long _deliveredByClosed;

    /// <summary>Creates the instruments.</summary>
    public EngineMetrics(IMeterFactory meters, ILogger<EngineMetrics> logger)
    {
        _logger = logger;
        var meter = meters.Create(MeterName);
        _degraded = meter.CreateCounter<long>("realtimehub.subscriptions.degraded", "{subscription}", "Subscriptions that went over their lag limit.");
        meter.CreateObservableCounter("realtimehub.frames.published", () => FramesPublished, "{frame}", "Frames appended to governed channels.");
        meter.CreateObservableCounter("realtimehub.frames.lost", () => FramesLost, "{frame}", "Frames announced to a subscription as lost.");
    }

    /// <summary>Frames appended to governed channels since start.</summary>
    public long FramesPublished => Volatile.Read(ref _published);

    /// <summary>Frames announced as lost to a subscription since start.</summary>
    public long FramesLost => Volatile.Read(ref _lost);

    /// <summary>Frames delivered by connections that are closed by now.</summary>
    internal long DeliveredByClosed => Volatile.Read(ref _deliveredByClosed);

    internal void Published() => Interlocked.Increment(ref _published);

    internal void Lost(long frames) => Interlocked.Add(ref _lost, frames);

    internal void ConnectionClosed(long delivered) => Interlocked.Add(ref _deliveredByClosed, delivered);

    internal void Degraded(Cursor cursor)
    {
        var policy = cursor.Terms.Policy.ToWireName();
        _degraded.Add(1, new KeyValuePair<string, object?>("policy", policy));
        EngineLog.SubscriptionDegraded(_logger, cursor.Reader.ConnectionId, cursor.Lag, cursor.Channel.Name, policy);
    }
}
