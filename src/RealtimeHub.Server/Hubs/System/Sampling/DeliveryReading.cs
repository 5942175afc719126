namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>The numbers of delivery at one moment; frames are totals since start.</summary>
internal readonly record struct DeliveryReading(
    int Connections,
    int Channels,
    int Subscriptions,
    long FramesPublished,
    long FramesDelivered,
    long FramesLost,
    long MaxLagFrames,
    int LaggingSubscriptions);
