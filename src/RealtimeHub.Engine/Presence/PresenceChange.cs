namespace RealtimeHub.Engine.Presence;

/// <summary>What has changed in one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Count">How many people are there now.</param>
/// <param name="Joins">Who came and is still there.</param>
/// <param name="Leaves">Who was there and left, by user id.</param>
public sealed record PresenceChange(string Channel, int Count, IReadOnlyList<PresentPerson> Joins, IReadOnlyList<string> Leaves);
