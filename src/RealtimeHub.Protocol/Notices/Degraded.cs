using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Notices;

/// <summary>A subscription is over its lag limit: from here its slow-consumer policy acts.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Reason">What is the matter; <c>slow_consumer</c>.</param>
/// <param name="Policy">The slow-consumer policy that acts, from <see cref="SlowConsumerPolicies"/>.</param>
/// <param name="Lag">How many frames behind it was.</param>
public sealed record Degraded(string Channel, string Reason, string Policy, long Lag);
