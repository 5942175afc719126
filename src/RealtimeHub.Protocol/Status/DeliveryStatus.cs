namespace RealtimeHub.Protocol.Status;

/// <summary>Delivery.</summary>
/// <param name="Connections">Open hub connections.</param>
/// <param name="Channels">Channels held.</param>
/// <param name="Subscriptions">Subscriptions and streams.</param>
/// <param name="FramesPublishedPerSecond">Frames appended, since the last sample.</param>
/// <param name="FramesDeliveredPerSecond">Frames written to connections, since the last sample.</param>
/// <param name="FramesLostPerSecond">Frames announced as lost, since the last sample.</param>
/// <param name="MaxLagFrames">The largest lag of any subscription now.</param>
/// <param name="LaggingSubscriptions">Subscriptions that are over their limit now.</param>
public sealed record DeliveryStatus(
    int Connections,
    int Channels,
    int Subscriptions,
    double FramesPublishedPerSecond,
    double FramesDeliveredPerSecond,
    double FramesLostPerSecond,
    long MaxLagFrames,
    int LaggingSubscriptions);
