using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Drivers;

/// <summary>Which parcel of a column is lifted.</summary>
/// <remarks>A column without the levels that a parcel needs gives <see cref="Parcel.Missing"/>.</remarks>
public static class Parcels
{
    /// <summary>Depth of the mixed layer, Pa: the 100 hPa of the operational definition (Craven and others 2002).</summary>
    public const double MixedLayerDepth = 10_000.0;

    /// <summary>Depth searched for the most unstable parcel, Pa: 300 hPa (Doswell and Rasmussen 1994).</summary>
    public const double MostUnstableDepth = 30_000.0;

    /// <summary>The parcel of the lowest level.</summary>
    /// <param name="profile">The column.</param>
    public static Parcel SurfaceBased(in ThermoProfile profile)
    {
        var index = profile.Next(-1, double.PositiveInfinity);
        return index < profile.Length ? At(profile, index) : Parcel.Missing;
    }

    /// <summary>A parcel at the surface with the mean potential temperature and mean mixing ratio of the lowest layer.</summary>
    /// <remarks>
    /// Means are over pressure, ∫ x dp / Δp, by Simpson's rule per layer with T and T_d linear in ln p. The parcel has the
    /// surface pressure. Missing where the column does not reach the top of the layer.
    /// </remarks>
    /// <param name="profile">The column.</param>
    /// <param name="depth">Depth of the layer, Pa.</param>
    public static Parcel MixedLayer(in ThermoProfile profile, double depth = MixedLayerDepth)
    {
        var index = profile.Next(-1, double.PositiveInfinity);
        if (index >= profile.Length)
        {
            return Parcel.Missing;
        }

        var surface = profile.Pressure[index];
        var top = surface - depth;
        var below = At(profile, index);
        double theta = 0.0, ratio = 0.0;
        while (below.Pressure > top)
        {
            index = profile.Next(index, below.Pressure);
            if (index >= profile.Length)
            {
                return Parcel.Missing;
            }

            var above = At(profile, index);
            above = above.Pressure < top ? Between(below, above, top) : above;
            AddLayer(below, above, ref theta, ref ratio);
            below = above;
        }

        var heat = DeterministicMath.Exp(
            PhysicalConstants.Kappa * DeterministicMath.Log(surface / PhysicalConstants.ReferencePressure));
        var vapour = Moisture.VapourPressure(surface, ratio / depth);
        return new Parcel(surface, theta / depth * heat, Moisture.Dewpoint(vapour));
    }

    /// <summary>The parcel of the level with the highest equivalent potential temperature in the lowest layer.</summary>
    /// <remarks>Only the levels themselves are looked at; of equal ones the lowest is taken.</remarks>
    /// <param name="profile">The column.</param>
    /// <param name="depth">Depth searched, Pa.</param>
    public static Parcel MostUnstable(in ThermoProfile profile, double depth = MostUnstableDepth)
    {
        var best = Parcel.Missing;
        var highest = double.NegativeInfinity;
        var index = profile.Next(-1, double.PositiveInfinity);
        var lowest = index < profile.Length ? profile.Pressure[index] - depth : double.NaN;
        while (index < profile.Length && profile.Pressure[index] >= lowest)
        {
            var parcel = At(profile, index);
            var theta = Thermodynamics.EquivalentPotentialTemperature(parcel.Pressure, parcel.Temperature, parcel.Dewpoint);
            if (theta > highest)
            {
                highest = theta;
                best = parcel;
            }

            index = profile.Next(index, parcel.Pressure);
        }

        return best;
    }

    internal static Parcel At(in ThermoProfile profile, int index) =>
        new(profile.Pressure[index], profile.Temperature[index], profile.Dewpoint[index]);

    // The air between two levels, T and T_d linear in ln p.
    internal static Parcel Between(in Parcel below, in Parcel above, double pressure)
    {
        var weight = DeterministicMath.Log(below.Pressure / pressure) / DeterministicMath.Log(below.Pressure / above.Pressure);
        return new Parcel(
            pressure,
            below.Temperature + (weight * (above.Temperature - below.Temperature)),
            below.Dewpoint + (weight * (above.Dewpoint - below.Dewpoint)));
    }

    // ∫ x dp = ∫ x p d ln p, Simpson in ln p; the middle in ln p is the geometric mean of the pressures.
    private static void AddLayer(in Parcel below, in Parcel above, ref double theta, ref double ratio)
    {
        var middle = new Parcel(
            Math.Sqrt(below.Pressure * above.Pressure),
            0.5 * (below.Temperature + above.Temperature),
            0.5 * (below.Dewpoint + above.Dewpoint));
        var weight = (below.Pressure - above.Pressure) / (below.Pressure + (4.0 * middle.Pressure) + above.Pressure);
        theta += weight * (Theta(below) + (4.0 * Theta(middle)) + Theta(above));
        ratio += weight * (Ratio(below) + (4.0 * Ratio(middle)) + Ratio(above));
    }

    private static double Theta(in Parcel air) =>
        air.Pressure * Thermodynamics.PotentialTemperature(air.Pressure, air.Temperature);

    private static double Ratio(in Parcel air) =>
        air.Pressure * Moisture.MixingRatio(air.Pressure, Moisture.SaturationVapourPressure(air.Dewpoint));
}
