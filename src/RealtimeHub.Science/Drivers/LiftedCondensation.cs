using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Drivers;

/// <summary>The lifting condensation level (LCL) of a parcel.</summary>
/// <remarks>Pressures in Pa, temperatures in K. A NaN argument gives NaN. A dewpoint above the temperature counts as saturated.</remarks>
public static class LiftedCondensation
{
    // Newton on a smooth convex function from a start within a few percent: five steps reach the last bit.
    private const int LambertSteps = 8;

    /// <summary>Temperature at the LCL, K.</summary>
    /// <remarks>
    /// T_L = 1 / (1/(T_d − 56) + ln(T/T_d)/800) + 56 (Bolton 1980, equation 15); within 0.1 K from −35 to 35 °C, by its source.
    /// </remarks>
    /// <param name="temperature">Temperature, K.</param>
    /// <param name="dewpoint">Dewpoint, K; above 56 K.</param>
    public static double BoltonTemperature(double temperature, double dewpoint)
    {
        if (dewpoint >= temperature)
        {
            return temperature;
        }

        return (1.0 / ((1.0 / (dewpoint - 56.0)) + (DeterministicMath.Log(temperature / dewpoint) / 800.0))) + 56.0;
    }

    /// <summary>The LCL after Bolton (1980): the one every driver here uses.</summary>
    /// <remarks>
    /// p_L = p (T_L/T)^(1/κ) of dry air, T_L from <see cref="BoltonTemperature"/>. Within 1 hPa of <see cref="Romps"/> on real
    /// profiles, 1.5 hPa anywhere.
    /// </remarks>
    /// <param name="parcel">The parcel before it is lifted.</param>
    public static CondensationLevel Bolton(in Parcel parcel)
    {
        var temperature = BoltonTemperature(parcel.Temperature, parcel.Dewpoint);
        var exponent = DeterministicMath.Log(temperature / parcel.Temperature) / PhysicalConstants.Kappa;
        return new CondensationLevel(parcel.Pressure * DeterministicMath.Exp(exponent), temperature);
    }

    /// <summary>The LCL in closed form, exact where heat capacities are constant.</summary>
    /// <remarks>
    /// T_L = c T / W₋₁(H^(1/a) c e^c), p_L = p (T_L/T)^(c_pm/R_m), with a = c_pm/R_m + (c_l − c_pv)/R_v,
    /// b = −(L₀ + (c_l − c_pv) T₀)/(R_v T), c = b/a, H the relative humidity by
    /// <see cref="Moisture.AmbaumSaturationVapourPressure"/>, W₋₁ the lower branch of Lambert's function (Romps 2017, equation
    /// 22; in the form of MetPy 1.7).
    /// </remarks>
    /// <param name="parcel">The parcel before it is lifted.</param>
    public static CondensationLevel Romps(in Parcel parcel)
    {
        const double HeatDifference = PhysicalConstants.LiquidHeatCapacity - PhysicalConstants.VapourHeatCapacity;
        if (parcel.Dewpoint >= parcel.Temperature)
        {
            return new CondensationLevel(parcel.Pressure, parcel.Temperature);
        }

        var vapourPressure = Moisture.AmbaumSaturationVapourPressure(parcel.Dewpoint);
        var humidity = Moisture.SpecificHumidity(parcel.Pressure, vapourPressure);
        var heatCapacity = PhysicalConstants.DryAirHeatCapacity
            + (humidity * (PhysicalConstants.VapourHeatCapacity - PhysicalConstants.DryAirHeatCapacity));
        var gasConstant = PhysicalConstants.DryAirGasConstant
            + (humidity * (PhysicalConstants.VapourGasConstant - PhysicalConstants.DryAirGasConstant));
        var heatRatio = heatCapacity / gasConstant;
        var a = heatRatio + (HeatDifference / PhysicalConstants.VapourGasConstant);
        var b = -(PhysicalConstants.LatentHeat + (HeatDifference * PhysicalConstants.TriplePoint))
            / (PhysicalConstants.VapourGasConstant * parcel.Temperature);
        var c = b / a;
        var relative = vapourPressure / Moisture.AmbaumSaturationVapourPressure(parcel.Temperature);
        var root = LambertMinus1((DeterministicMath.Log(relative) / a) + DeterministicMath.Log(-c) + c);
        var ratio = c / root;
        var pressure = parcel.Pressure * DeterministicMath.Exp(heatRatio * DeterministicMath.Log(ratio));
        return new CondensationLevel(pressure, ratio * parcel.Temperature);
    }

    // W₋₁(−e^logArgument) for logArgument ≤ −1: with w = −W, ln w − w = logArgument. In the logarithm because the argument
    // itself underflows for dry air.
    private static double LambertMinus1(double logArgument)
    {
        var w = -logArgument + DeterministicMath.Log(-logArgument);
        for (var i = 0; i < LambertSteps; i++)
        {
            w -= (DeterministicMath.Log(w) - w - logArgument) / ((1.0 / w) - 1.0);
        }

        return -w;
    }
}
