namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>Where a time lies among those of a source, with the range that the source has.</summary>
/// <remarks>
/// EarlierIndex: the newest time at or before it; −1 when it is too early.
/// LaterIndex: the oldest time at or after it; −1 when it is too late.
/// </remarks>
internal readonly record struct TimeLocation(TimeMatch Match, int EarlierIndex, int LaterIndex, DateTimeOffset First, DateTimeOffset Last)
{
    public bool IsWithin => Match is TimeMatch.Exact or TimeMatch.Between;
}
