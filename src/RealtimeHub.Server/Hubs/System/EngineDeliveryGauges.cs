using RealtimeHub.Engine;
using RealtimeHub.Server.Hubs.System.Sampling;

namespace RealtimeHub.Server.Hubs.System;

/// <summary>The engine's own numbers, for the sampler.</summary>
internal sealed class EngineDeliveryGauges(DeliveryGauges gauges) : IDeliveryGauges
{
    public DeliveryReading Read() => new(
        gauges.Connections,
        gauges.Channels,
        gauges.Subscriptions,
        gauges.FramesPublished,
        gauges.FramesDelivered,
        gauges.FramesLost,
        gauges.MaxLagFrames,
        gauges.LaggingSubscriptions);
}
