namespace RealtimeHub.Engine.Presence;

/// <summary>One person in a channel.</summary>
/// <param name="UserId">Who.</param>
/// <param name="JoinedAt">Since when, UTC.</param>
/// <param name="Connections">Their connections; empty during the grace after a loss.</param>
public sealed record PresentPerson(string UserId, DateTimeOffset JoinedAt, IReadOnlyList<PresentConnection> Connections);
