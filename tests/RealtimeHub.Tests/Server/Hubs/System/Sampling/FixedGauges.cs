using RealtimeHub.Server.Hubs.System.Sampling;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

/// <summary>Delivery numbers that a test sets.</summary>
internal sealed class FixedGauges : IDeliveryGauges
{
    public DeliveryReading Reading { get; set; }

    public DeliveryReading Read() => Reading;
}
