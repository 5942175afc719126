using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Climate;

/// <summary>Where the sun stands.</summary>
/// <remarks>
/// Declination and equation of time are the Fourier series of Spencer (1971, Search 2 (5), 172), good to 0.0006 rad (0.035°) and 35 s;
/// cos θ = sin φ sin δ + cos φ cos δ cos h with the hour angle h from true solar time. No refraction.
/// </remarks>
public static class SolarGeometry
{
    private const int SecondsPerDay = 86_400;
    private const double DegreesToRadians = Math.PI / 180;

    /// <summary>Cosine of the solar zenith angle; negative below the horizon.</summary>
    /// <param name="unixSeconds">Time in seconds since 1970-01-01 UTC.</param>
    /// <param name="latitudeDegrees">Degrees north.</param>
    /// <param name="longitudeDegrees">Degrees east.</param>
    public static double CosZenith(long unixSeconds, double latitudeDegrees, double longitudeDegrees) =>
        CosZenith(At(unixSeconds), latitudeDegrees, longitudeDegrees);

    /// <summary>Mean over an interval of max(0, cos θ), a measure of the sunshine a cloudless sky would give.</summary>
    /// <remarks>Trapezoidal rule over 12 equal steps.</remarks>
    public static double MeanSunshine(long fromUnixSeconds, long lengthSeconds, double latitudeDegrees, double longitudeDegrees)
    {
        Span<SolarPosition> positions = stackalloc SolarPosition[SunshineSteps + 1];
        FillPositions(fromUnixSeconds, lengthSeconds, positions);
        return MeanSunshine(positions, latitudeDegrees, longitudeDegrees);
    }

    internal const int SunshineSteps = 12;

    internal static void FillPositions(long fromUnixSeconds, long lengthSeconds, Span<SolarPosition> positions)
    {
        for (var step = 0; step < positions.Length; step++)
        {
            positions[step] = At(fromUnixSeconds + (lengthSeconds * step / (positions.Length - 1)));
        }
    }

    internal static double MeanSunshine(ReadOnlySpan<SolarPosition> positions, double latitudeDegrees, double longitudeDegrees)
    {
        var sum = 0.0;
        for (var step = 0; step < positions.Length; step++)
        {
            var share = step == 0 || step == positions.Length - 1 ? 0.5 : 1.0;
            sum += share * Math.Max(0, CosZenith(positions[step], latitudeDegrees, longitudeDegrees));
        }

        return sum / (positions.Length - 1);
    }

    internal static double CosZenith(in SolarPosition sun, double latitudeDegrees, double longitudeDegrees)
    {
        var latitude = latitudeDegrees * DegreesToRadians;
        var hourAngle = sun.GreenwichHourAngle + (longitudeDegrees * DegreesToRadians);
        return (DeterministicMath.Sin(latitude) * sun.SinDeclination)
            + (DeterministicMath.Cos(latitude) * sun.CosDeclination * DeterministicMath.Cos(hourAngle));
    }

    internal static SolarPosition At(long unixSeconds)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(unixSeconds);
        var secondOfDay = (int)(time.TimeOfDay.Ticks / TimeSpan.TicksPerSecond);
        var daysInYear = DateTime.IsLeapYear(time.Year) ? 366 : 365;
        var year = 2 * Math.PI * (time.DayOfYear - 1 + ((double)secondOfDay / SecondsPerDay)) / daysInYear;
        var (s1, c1) = (DeterministicMath.Sin(year), DeterministicMath.Cos(year));
        var (s2, c2) = (2 * s1 * c1, (c1 * c1) - (s1 * s1));
        var (s3, c3) = ((s2 * c1) + (c2 * s1), (c2 * c1) - (s2 * s1));
        var declination = 0.006918 - (0.399912 * c1) + (0.070257 * s1) - (0.006758 * c2) + (0.000907 * s2) - (0.002697 * c3) + (0.00148 * s3);
        var equationOfTime = 0.000075 + (0.001868 * c1) - (0.032077 * s1) - (0.014615 * c2) - (0.040849 * s2);
        var hourAngle = (2 * Math.PI * ((double)secondOfDay / SecondsPerDay)) - Math.PI + equationOfTime;
        return new(DeterministicMath.Sin(declination), DeterministicMath.Cos(declination), hourAngle);
    }

    /// <summary>The sun at one time: its declination, and its hour angle at Greenwich in radians.</summary>
    internal readonly record struct SolarPosition(double SinDeclination, double CosDeclination, double GreenwichHourAngle);
}
