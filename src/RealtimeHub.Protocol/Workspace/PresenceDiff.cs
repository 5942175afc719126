namespace RealtimeHub.Protocol.Workspace;

/// <summary>Who came into a channel and who left it. Above 200 people only the number.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Count">How many people are there now.</param>
/// <param name="Joins">Who came; absent when there are too many to list.</param>
/// <param name="Leaves">Who left, by user id; absent when there are too many to list.</param>
public sealed record PresenceDiff(string Channel, int Count, IReadOnlyList<PresenceMember>? Joins = null, IReadOnlyList<string>? Leaves = null);
