using System.Globalization;

namespace RealtimeHub.Server.Hubs.Climate.Data.Clock;

/// <summary>What a data clock shows at a moment of the wall clock.</summary>
/// <remarks>
/// Wall: the moment.
/// Time: the time of the data, on the clock's grid; in a replay this is the original date.
/// Step: steps of the grid since the clock's origin; rises by one with each, over all laps.
/// Lap: how often the replay has started again.
/// </remarks>
internal readonly record struct DataInstant(DateTimeOffset Wall, DateTimeOffset Time, bool IsReplay, long Step, long Lap)
{
    /// <summary>Says that the data are not of today, and of when they are; null when they are played by the wall clock.</summary>
    public string? ReplayNote => IsReplay
        ? string.Create(CultureInfo.InvariantCulture, $"Replay: these data are of {Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}, not of today.")
        : null;
}
