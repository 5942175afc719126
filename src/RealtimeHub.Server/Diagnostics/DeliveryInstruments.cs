using System.Diagnostics.Metrics;
using RealtimeHub.Engine;
using RealtimeHub.Server.Connections;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>How delivery stands, read when somebody looks.</summary>
internal sealed class DeliveryInstruments : IHostedService
{
    public DeliveryInstruments(IMeterFactory meters, DeliveryGauges gauges, LiveConnections connections)
    {
        var meter = meters.Create(EngineMetrics.MeterName);
        meter.CreateObservableGauge("realtimehub.connections", () => gauges.Connections, "{connection}", "Open hub connections.");
        meter.CreateObservableGauge("realtimehub.connections.pending", () => connections.Pending, "{connection}", "Connections that have not shaken hands.");
        meter.CreateObservableGauge("realtimehub.channels", () => gauges.Channels, "{channel}", "Governed channels held.");
        meter.CreateObservableGauge("realtimehub.subscriptions", () => gauges.Subscriptions, "{subscription}", "Subscriptions and streams.");
        meter.CreateObservableGauge("realtimehub.subscriptions.lagging", () => gauges.LaggingSubscriptions, "{subscription}", "Subscriptions over their limit.");
        meter.CreateObservableGauge("realtimehub.lag.max", () => gauges.MaxLagFrames, "{frame}", "The largest lag of any subscription.");
        meter.CreateObservableCounter("realtimehub.frames.delivered", () => gauges.FramesDelivered, "{frame}", "Frames written to connections.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
