using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Protocol.Notices;

/// <summary>A subscription is over its lag limit: from here its slow-consumer policy acts.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Reason">What is the matter; <c>slow_consumer</c>.</param>
/// <param name="Policy">The slow-consumer policy that acts.</param>
/// <param name="Lag">How many frames behind it was.</param>
/// <remarks>With <see cref="To"/> the subscription goes over to a coarser channel; a <see cref="Subscribed"/> on that one follows.</remarks>
public sealed record Degraded(string Channel, string Reason, string Policy, long Lag)
{
    /// <summary>The channel that it leaves.</summary>
    public string? From { get; init; }

    /// <summary>The coarser channel that it goes over to.</summary>
    public string? To { get; init; }

    /// <summary>The last position that was accounted for on the channel that it leaves; what came after it there will not come.</summary>
    public StreamPosition? Position { get; init; }
}
