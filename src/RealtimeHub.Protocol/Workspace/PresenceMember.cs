namespace RealtimeHub.Protocol.Workspace;

/// <summary>One person in a channel, however many connections they have.</summary>
/// <param name="UserId">Who.</param>
/// <param name="JoinedAt">Since when, UTC.</param>
/// <param name="Connections">One entry per connection.</param>
public sealed record PresenceMember(string UserId, DateTimeOffset JoinedAt, IReadOnlyList<PresenceMeta> Connections);
