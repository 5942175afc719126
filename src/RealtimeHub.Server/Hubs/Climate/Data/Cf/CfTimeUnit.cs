using System.Globalization;
using System.Text.RegularExpressions;

namespace RealtimeHub.Server.Hubs.Climate.Data.Cf;

/// <summary>The meaning of a time coordinate: so many ticks per unit since an epoch.</summary>
internal readonly partial record struct CfTimeUnit(DateTimeOffset Epoch, long TicksPerUnit)
{
    /// <summary>Reads text such as <c>hours since 1970-01-01 00:00:00</c>; null where it is not understood. Times without an offset are UTC.</summary>
    public static CfTimeUnit? Parse(string text)
    {
        var match = SinceText().Match(text);
        if (!match.Success
            || !DateTimeOffset.TryParse(match.Groups["epoch"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var epoch))
        {
            return null;
        }

        var ticks = match.Groups["unit"].Value switch
        {
            "ms" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "min" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            _ => TimeSpan.TicksPerDay,
        };
        return new CfTimeUnit(epoch, ticks);
    }

    /// <summary>The time of a value; null where no calendar reaches.</summary>
    public DateTimeOffset? At(double value)
    {
        // Whole numbers below 2^53 are exact, which for seconds is 285 million years.
        var ticks = value * TicksPerUnit;
        if (!double.IsFinite(ticks) || ticks < (DateTimeOffset.MinValue - Epoch).Ticks || ticks > (DateTimeOffset.MaxValue - Epoch).Ticks)
        {
            return null;
        }

        // Fractions of a unit are good to the millisecond, which is what the wire carries.
        return value == Math.Truncate(value)
            ? Epoch.AddTicks((long)value * TicksPerUnit)
            : Epoch.AddTicks((long)Math.Round(ticks / TimeSpan.TicksPerMillisecond) * TimeSpan.TicksPerMillisecond);
    }

    [GeneratedRegex(
        @"\A\s*(?<unit>ms|milliseconds|s|seconds?|min|minutes?|h|hours?|d|days?)\s+since\s+(?<epoch>\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?(\s?(Z|UTC|[+-]\d{2}:\d{2}))?)\s*\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex SinceText();
}
