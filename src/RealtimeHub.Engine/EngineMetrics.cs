using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;

namespace RealtimeHub.Engine;

/// <summary>What the engine counts. Thread-safe.</summary>
/// <remarks>Delivered frames are counted by each pump for itself and added up when somebody looks, so that no counter is shared per frame and connection.</remarks>
public sealed class EngineMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "RealtimeHub";

    private static readonly InstrumentAdvice<double> LatencyBuckets = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly ILogger<EngineMetrics> _logger;
    private static readonly ActivitySource Source = new(MeterName);

    private readonly TimeProvider _clock;
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _redelivered;
    private readonly Counter<long> _degraded;
    private long _published;
    private long _lost;
    private long _deliveredByClosed;

    /// <summary>Creates the instruments.</summary>
    public EngineMetrics(IMeterFactory meters, ILogger<EngineMetrics> logger, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _logger = logger;
        var meter = meters.Create(MeterName);
        _degraded = meter.CreateCounter<long>("realtimehub.subscriptions.degraded", "{subscription}", "Subscriptions that went over their lag limit.");
        _latency = meter.CreateHistogram(
            "realtimehub.delivery.latency", "s", "From the append of a frame to its write, of every 64th frame of a connection.", null, LatencyBuckets);
        _redelivered = meter.CreateCounter<long>("realtimehub.frames.redelivered", "{frame}", "Frames sent again because they were not acknowledged.");
        meter.CreateObservableCounter("realtimehub.frames.published", () => FramesPublished, "{frame}", "Frames appended to governed channels.");
        meter.CreateObservableCounter("realtimehub.frames.lost", () => FramesLost, "{frame}", "Frames announced to a subscription as lost.");
    }

    /// <summary>Frames appended to governed channels since start.</summary>
    public long FramesPublished => Volatile.Read(ref _published);

    /// <summary>Frames announced as lost to a subscription since start.</summary>
    public long FramesLost => Volatile.Read(ref _lost);

    /// <summary>Frames delivered by connections that are closed by now.</summary>
    internal long DeliveredByClosed => Volatile.Read(ref _deliveredByClosed);

    internal void Redelivered() => _redelivered.Add(1);

    /// <summary>Measures one delivery, and ends the trace that published the frame with it.</summary>
    internal void Delivered(Frame frame, string channel)
    {
        var now = _clock.GetUtcNow();
        _latency.Record(Math.Max(0, (now - frame.Place.AppendedAt).TotalSeconds));
        if (frame.Trace is { } publishing && Source.StartActivity("deliver", ActivityKind.Producer, publishing, startTime: frame.Place.AppendedAt) is { } delivery)
        {
            delivery.SetTag("realtimehub.family", channel.Split(':', 2)[0]);
            delivery.SetTag("realtimehub.sequence", frame.Offset);
            delivery.SetEndTime(now.UtcDateTime);
            delivery.Stop();
        }
    }

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
