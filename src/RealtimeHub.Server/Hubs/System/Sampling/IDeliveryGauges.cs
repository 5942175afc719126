namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>Where the sampler reads the numbers of delivery; called from one thread at a time.</summary>
internal interface IDeliveryGauges
{
    /// <summary>All numbers of one moment, so that what has to walk over subscriptions does it once.</summary>
    DeliveryReading Read();
}
