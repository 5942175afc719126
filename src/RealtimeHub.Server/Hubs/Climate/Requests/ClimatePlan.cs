using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Hubs.Climate.Requests;

/// <summary>A request that was checked and allowed: its channel's content, and what the policy is asked for that channel.</summary>
internal sealed record ClimatePlan(ClimateSpec Spec, CareRequest Request);
