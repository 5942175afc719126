namespace RealtimeHub.Science.Drivers;

/// <summary>Fall of temperature with height.</summary>
/// <remarks>
/// Γ = −ΔT / Δz in K m⁻¹, positive where temperature falls with height (AMS Glossary, "lapse rate"). Temperature, not virtual
/// temperature. NaN where the levels do not reach one of the ends.
/// </remarks>
public static class LapseRates
{
    /// <summary>Lapse rate from the ground to a height, K m⁻¹; temperature linear in height between levels.</summary>
    /// <param name="temperature">Temperature, K.</param>
    /// <param name="height">Height above ground, m, from 0 at the surface.</param>
    /// <param name="top">Upper end, m above ground.</param>
    public static double FromSurface(ReadOnlySpan<double> temperature, ReadOnlySpan<double> height, double top = 3000.0) =>
        (ProfileInterpolation.AtHeight(height, temperature, 0.0)
            - ProfileInterpolation.AtHeight(height, temperature, top)) / top;

    /// <summary>Lapse rate between two pressures, K m⁻¹; temperature and height linear in ln p between levels.</summary>
    /// <param name="column">The column.</param>
    /// <param name="bottom">Lower end, Pa; below the ground it gives NaN.</param>
    /// <param name="top">Upper end, Pa.</param>
    public static double BetweenPressures(in ColumnProfile column, double bottom = 70_000.0, double top = 50_000.0)
    {
        var warm = ProfileInterpolation.AtPressure(column.Pressure, column.Temperature, bottom);
        var cold = ProfileInterpolation.AtPressure(column.Pressure, column.Temperature, top);
        var low = ProfileInterpolation.AtPressure(column.Pressure, column.Height, bottom);
        var high = ProfileInterpolation.AtPressure(column.Pressure, column.Height, top);
        return (warm - cold) / (high - low);
    }
}
