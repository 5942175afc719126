namespace RealtimeHub.Protocol.Workspace;

/// <summary>Everyone in a channel; above 200 people only their number.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Count">How many people are there.</param>
/// <param name="Members">The people; absent when there are too many to list.</param>
public sealed record PresenceState(string Channel, int Count, IReadOnlyList<PresenceMember>? Members = null);
