namespace RealtimeHub.Server.Policy;

/// <summary>A decision, and the epoch of the channel that is filled by it. Immutable.</summary>
/// <param name="Decision">An allowing decision.</param>
/// <param name="Epoch">The epoch that content made by it belongs to.</param>
internal sealed record CareGrant(CareDecision Decision, string Epoch);
