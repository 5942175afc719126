using System.Globalization;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Cli.Parsing;

/// <summary>Reads a point in the past: an ISO 8601 instant, or how long ago (<c>90s</c>, <c>10m</c>, <c>2h</c>, <c>1d</c>).</summary>
internal static class SinceParser
{
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset since)
    {
        if (TryParseDuration(text, out var ago))
        {
            since = now - ago;
            return true;
        }

        return UtcTimestampConverter.TryParse(text, out since);
    }

    /// <summary>Reads a time span such as <c>90s</c> or <c>10m</c>, up to a hundred years.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        if (text.Length > 1
            && Unit(text[^1]) is { } unit
            && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count * unit.TotalDays <= 36_500)
        {
            duration = unit * count;
            return true;
        }

        duration = default;
        return false;
    }

    private static TimeSpan? Unit(char letter) => letter switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        _ => null,
    };
}
