using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Drivers;

/// <summary>Ascent of a saturated parcel whose condensate falls out at once (a pseudo-adiabat).</summary>
/// <remarks>
/// dT/d ln p = (R_d T + L r_s) / (c_pd + L² r_s ε / (R_d T²)), r_s the saturation mixing ratio, L constant, no ice (American
/// Meteorological Society Glossary, "pseudoadiabatic lapse rate"; the form in MetPy and in Bakhshaii and Stull 2013). Pressures
/// in Pa, temperatures in K. A NaN argument gives NaN.
/// </remarks>
public static class MoistAscent
{
    /// <summary>The longest step in ln p that <see cref="Temperature"/> takes.</summary>
    public const double LongestStep = 0.05;

    private const double LatentByEpsilon = PhysicalConstants.LatentHeat * PhysicalConstants.Epsilon;
    private const double HeatTerm = LatentByEpsilon * LatentByEpsilon / PhysicalConstants.DryAirGasConstant;

    /// <summary>dT/d ln p of a saturated parcel, K; positive, as a parcel cools when its pressure falls.</summary>
    /// <param name="pressure">Pressure, Pa; above the saturation vapour pressure.</param>
    /// <param name="temperature">Temperature, K.</param>
    public static double Slope(double pressure, double temperature) =>
        Slope(pressure, temperature, Moisture.SaturationVapourPressure(temperature));

    /// <summary>Temperature of a saturated parcel after its pressure has changed, K.</summary>
    /// <remarks>
    /// Fourth-order Runge–Kutta in ln p with equal steps of at most <see cref="LongestStep"/>; within 10⁻⁵ K of the limit of
    /// short steps between 1000 and 100 hPa.
    /// </remarks>
    /// <param name="pressure">Pressure at the start, Pa.</param>
    /// <param name="temperature">Temperature at the start, K.</param>
    /// <param name="endPressure">Pressure at the end, Pa; higher than at the start for descent.</param>
    public static double Temperature(double pressure, double temperature, double endPressure)
    {
        var log = DeterministicMath.Log(pressure / endPressure);
        var halfRatio = Math.Sqrt(endPressure / pressure);
        var steps = 1;
        while (Math.Abs(log) > LongestStep)
        {
            log *= 0.5;
            halfRatio = Math.Sqrt(halfRatio);
            steps *= 2;
        }

        for (var i = 0; i < steps; i++)
        {
            var middle = pressure * halfRatio;
            var end = middle * halfRatio;
            temperature = Step(middle, end, temperature, Slope(pressure, temperature), log);
            pressure = end;
        }

        return temperature;
    }

    // The fraction of the summary, expanded by p − e and by T²: two divisions in all instead of four.
    internal static double Slope(double pressure, double temperature, double saturation)
    {
        var dry = pressure - saturation;
        var square = temperature * temperature;
        var numerator = ((PhysicalConstants.DryAirGasConstant * temperature * dry) + (LatentByEpsilon * saturation)) * square;
        var denominator = (PhysicalConstants.DryAirHeatCapacity * square * dry) + (HeatTerm * saturation);
        return numerator / denominator;
    }

    // One step over the middle (in ln p) to the end, which lies `log` below the start in ln p; slope is that at the start.
    internal static double Step(double middle, double end, double temperature, double slope, double log)
    {
        var half = 0.5 * log;
        var second = Slope(middle, temperature - (half * slope));
        var third = Slope(middle, temperature - (half * second));
        var fourth = Slope(end, temperature - (log * third));
        return temperature - (log / 6.0 * (slope + (2.0 * (second + third)) + fourth));
    }
}
