using System.Globalization;
using System.Text.RegularExpressions;

namespace RealtimeHub.Server.Hubs.Climate.Data.Cf;

/// <summary>The meaning of a time coordinate: so many ticks per unit since an epoch.</summary>
internal readonly partial record struct CfTimeUnit(DateTimeOffset Epoch, long TicksPerUnit)
{
    /// <summary>Reads text such as <c>hours since 1970-1-1 0:0:0</c>; null where it is not understood. Times without an offset are UTC.</summary>
    public static CfTimeUnit? Parse(string text)
    {
        var match = SinceText().Match(text);
        if (!match.Success || ParseEpoch(match.Groups) is not { } epoch)
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
        if (!(ticks > (DateTimeOffset.MinValue - Epoch).Ticks && ticks < (DateTimeOffset.MaxValue - Epoch).Ticks))
        {
            return null;
        }

        // Fractions of a unit are good to the millisecond, which is what the wire carries.
        return value == Math.Truncate(value)
            ? Epoch.AddTicks((long)value * TicksPerUnit)
            : Epoch.AddTicks((long)Math.Round(ticks / TimeSpan.TicksPerMillisecond) * TimeSpan.TicksPerMillisecond);
    }

    private static DateTimeOffset? ParseEpoch(GroupCollection groups)
    {
        var (year, month, day) = (Number(groups["y"]), Number(groups["m"]), Number(groups["d"]));
        var (hour, minute, second) = (Number(groups["h"]), Number(groups["min"]), Number(groups["s"]));
        var (offsetHour, offsetMinute) = (Number(groups["oh"]), Number(groups["om"]));
        var isValid = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month)
            && hour < 24 && minute < 60 && second < 60 && offsetHour < 14 && offsetMinute < 60;
        if (!isValid)
        {
            return null;
        }

        var offset = (offsetHour * TimeSpan.TicksPerHour) + (offsetMinute * TimeSpan.TicksPerMinute);
        var ofDay = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (Math.Round(second * 1000) * TimeSpan.TicksPerMillisecond);
        var ticks = new DateTime((int)year, (int)month, (int)day).Ticks + ofDay - (groups["sign"].Value == "-" ? -offset : offset);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset((long)ticks, TimeSpan.Zero) : null;
    }

    private static decimal Number(Group group) => group.Success ? decimal.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"\A\s*(?<unit>ms|milliseconds|s|seconds?|min|minutes?|h|hours?|d|days?)\s+since\s+(?<y>\d{1,4})-(?<m>\d{1,2})-(?<d>\d{1,2})([T ](?<h>\d{1,2}):(?<min>\d{1,2})(:(?<s>\d{1,2}(\.\d{1,9})?))?)?(\s?(Z|UTC|(?<sign>[+-])(?<oh>\d{1,2}):(?<om>\d{2})))?\s*\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex SinceText();
}
