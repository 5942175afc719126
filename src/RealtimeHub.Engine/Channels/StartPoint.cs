using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Channels;

/// <summary>Where a reader wishes to start: at most one member is set; none means live.</summary>
/// <param name="From">Right after this position.</param>
/// <param name="Last">At the last n frames.</param>
/// <param name="Since">At the first frame appended at or after this time.</param>
public readonly record struct StartPoint(StreamPosition? From = null, int? Last = null, DateTimeOffset? Since = null)
{
    /// <summary>With the next frame.</summary>
    public static StartPoint Live => default;

    /// <summary>With the oldest frame kept.</summary>
    public static StartPoint Oldest => new(Last: int.MaxValue);
}
