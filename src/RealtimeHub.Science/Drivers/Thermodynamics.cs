using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Drivers;

/// <summary>Temperatures that air keeps, or would have, under other conditions.</summary>
/// <remarks>Pressures in Pa, temperatures in K. Every function gives NaN for a NaN argument.</remarks>
public static class Thermodynamics
{
    /// <summary>Potential temperature θ = T (100 000 / p)^κ, K (Poisson; κ = 2/7).</summary>
    /// <param name="pressure">Pressure, Pa; above zero.</param>
    /// <param name="temperature">Temperature, K.</param>
    public static double PotentialTemperature(double pressure, double temperature) =>
        temperature * DeterministicMath.Exp(
            PhysicalConstants.Kappa * DeterministicMath.Log(PhysicalConstants.ReferencePressure / pressure));

    /// <summary>Virtual temperature: that of dry air as light as this moist air, K.</summary>
    /// <remarks>
    /// T_v = T p / (p − (1 − ε) e), which is T (1 + r/ε) / (1 + r) with r = ε e / (p − e) (Hobbs 1977, equation 2.17).
    /// </remarks>
    /// <param name="pressure">Pressure, Pa.</param>
    /// <param name="temperature">Temperature, K.</param>
    /// <param name="vapourPressure">Vapour pressure, Pa; well below the pressure.</param>
    public static double VirtualTemperature(double pressure, double temperature, double vapourPressure) =>
        temperature * pressure / (pressure - ((1.0 - PhysicalConstants.Epsilon) * vapourPressure));

    /// <summary>Equivalent potential temperature, K.</summary>
    /// <remarks>
    /// θ_e = T (100 000 / (p − e))^κ (T/T_L)^(0.28 r) exp((3036/T_L − 1.78) r (1 + 0.448 r)) with T_L the temperature of the
    /// lifting condensation level (Bolton 1980, equations 15 and 39). Error below 0.02 K in the lower troposphere, by its
    /// source. Kept in dry and in pseudo-adiabatic ascent.
    /// </remarks>
    /// <param name="pressure">Pressure, Pa.</param>
    /// <param name="temperature">Temperature, K.</param>
    /// <param name="dewpoint">Dewpoint, K; at most the temperature.</param>
    public static double EquivalentPotentialTemperature(double pressure, double temperature, double dewpoint)
    {
        var vapourPressure = Moisture.SaturationVapourPressure(dewpoint);
        var mixingRatio = Moisture.MixingRatio(pressure, vapourPressure);
        var condensation = LiftedCondensation.BoltonTemperature(temperature, dewpoint);
        var dry = PhysicalConstants.Kappa
            * DeterministicMath.Log(PhysicalConstants.ReferencePressure / (pressure - vapourPressure));
        var moist = 0.28 * mixingRatio * DeterministicMath.Log(temperature / condensation);
        var latent = ((3036.0 / condensation) - 1.78) * mixingRatio * (1.0 + (0.448 * mixingRatio));
        return temperature * DeterministicMath.Exp(dry + moist + latent);
    }
}
