using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Hubs.Climate.Requests;

/// <summary>A request that was checked and allowed: its channel's content, and what the policy is asked for that channel.</summary>
/// <param name="Spec">The content.</param>
/// <param name="Request">What the policy is asked.</param>
/// <param name="Interval">Wall time between frames, which is the reader's own and no content; zero for one frame.</param>
internal sealed record ClimatePlan(ClimateSpec Spec, CareRequest Request, TimeSpan Interval);
