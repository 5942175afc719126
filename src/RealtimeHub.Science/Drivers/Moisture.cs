using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Drivers;

/// <summary>Water vapour: pressures, ratios and deficits.</summary>
/// <remarks>Pressures in Pa, temperatures in K, ratios in kg kg⁻¹. Every function gives NaN for a NaN argument.</remarks>
public static class Moisture
{
    private const double KelvinOffset = PhysicalConstants.ZeroCelsius - PhysicalConstants.BoltonOffset;

    /// <summary>Saturation vapour pressure over liquid water, Pa.</summary>
    /// <remarks>
    /// e = 611.2 exp(17.67 t / (t + 243.5)), t in °C (Bolton 1980, equation 10). Within 0.1 % of Wexler's values from −30 to
    /// 35 °C; used as an extrapolation from −100 to 60 °C. At a dewpoint it is the vapour pressure of the air.
    /// </remarks>
    /// <param name="temperature">Temperature or dewpoint, K; above 30 K.</param>
    public static double SaturationVapourPressure(double temperature) =>
        PhysicalConstants.BoltonPressure * DeterministicMath.Exp(
            PhysicalConstants.BoltonSlope * (temperature - PhysicalConstants.ZeroCelsius) / (temperature - KelvinOffset));

    /// <summary>Saturation vapour pressure over liquid water from a latent heat that is linear in temperature, Pa.</summary>
    /// <remarks>
    /// e = 611.2 (T₀/T)^((c_l − c_pv)/R_v) exp((L₀/T₀ − L(T)/T)/R_v), L(T) = L₀ − (c_l − c_pv)(T − T₀) (Ambaum 2020, equation
    /// 13). For use with <see cref="LiftedCondensation.Romps"/>, which rests on the same assumption.
    /// </remarks>
    /// <param name="temperature">Temperature or dewpoint, K; from 180 to 330 K.</param>
    public static double AmbaumSaturationVapourPressure(double temperature)
    {
        const double HeatDifference = PhysicalConstants.LiquidHeatCapacity - PhysicalConstants.VapourHeatCapacity;
        const double T0 = PhysicalConstants.TriplePoint;
        var latentHeat = PhysicalConstants.LatentHeat - (HeatDifference * (temperature - T0));
        var exponent = (HeatDifference * DeterministicMath.Log(T0 / temperature))
            + (PhysicalConstants.LatentHeat / T0) - (latentHeat / temperature);
        return PhysicalConstants.BoltonPressure * DeterministicMath.Exp(exponent / PhysicalConstants.VapourGasConstant);
    }

    /// <summary>Dewpoint at which a vapour pressure saturates, K: the inverse of <see cref="SaturationVapourPressure"/>.</summary>
    /// <param name="vapourPressure">Vapour pressure, Pa; zero or less gives NaN.</param>
    public static double Dewpoint(double vapourPressure)
    {
        if (!(vapourPressure > 0.0))
        {
            return double.NaN;
        }

        var log = DeterministicMath.Log(vapourPressure / PhysicalConstants.BoltonPressure);
        return PhysicalConstants.ZeroCelsius + (PhysicalConstants.BoltonOffset * log / (PhysicalConstants.BoltonSlope - log));
    }

    /// <summary>Dewpoint from relative humidity over liquid water, K.</summary>
    /// <param name="temperature">Temperature, K.</param>
    /// <param name="relativeHumidity">Fraction of saturation, 1 for saturated; zero or less gives NaN.</param>
    public static double DewpointFromRelativeHumidity(double temperature, double relativeHumidity) =>
        Dewpoint(relativeHumidity * SaturationVapourPressure(temperature));

    /// <summary>Mixing ratio r = ε e / (p − e), kg of vapour per kg of dry air.</summary>
    /// <param name="pressure">Pressure, Pa; above the vapour pressure.</param>
    /// <param name="vapourPressure">Vapour pressure, Pa.</param>
    public static double MixingRatio(double pressure, double vapourPressure) =>
        PhysicalConstants.Epsilon * vapourPressure / (pressure - vapourPressure);

    /// <summary>Vapour pressure e = p r / (ε + r), Pa: the inverse of <see cref="MixingRatio"/>.</summary>
    /// <param name="pressure">Pressure, Pa.</param>
    /// <param name="mixingRatio">Mixing ratio, kg kg⁻¹.</param>
    public static double VapourPressure(double pressure, double mixingRatio) =>
        pressure * mixingRatio / (PhysicalConstants.Epsilon + mixingRatio);

    /// <summary>Specific humidity q = ε e / (p − (1 − ε) e), kg of vapour per kg of moist air.</summary>
    /// <param name="pressure">Pressure, Pa.</param>
    /// <param name="vapourPressure">Vapour pressure, Pa.</param>
    public static double SpecificHumidity(double pressure, double vapourPressure) =>
        PhysicalConstants.Epsilon * vapourPressure / (pressure - ((1.0 - PhysicalConstants.Epsilon) * vapourPressure));

    /// <summary>Vapour pressure deficit, Pa: saturation vapour pressure minus vapour pressure.</summary>
    /// <remarks>Zero where saturated, positive where not; a dewpoint above the temperature gives a negative value.</remarks>
    /// <param name="temperature">Temperature, K.</param>
    /// <param name="dewpoint">Dewpoint, K.</param>
    public static double VapourPressureDeficit(double temperature, double dewpoint) =>
        SaturationVapourPressure(temperature) - SaturationVapourPressure(dewpoint);

    /// <summary>Dewpoint depression, K: temperature minus dewpoint, zero where saturated.</summary>
    /// <param name="temperature">Temperature, K.</param>
    /// <param name="dewpoint">Dewpoint, K.</param>
    public static double DewpointDepression(double temperature, double dewpoint) => temperature - dewpoint;
}
