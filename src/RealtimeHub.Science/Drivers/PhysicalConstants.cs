namespace RealtimeHub.Science.Drivers;

/// <summary>The physical constants of the drivers, in SI units, each with its source.</summary>
/// <remarks>
/// The set is that of MetPy 1.7 (Unidata, metpy.constants), so that a difference from MetPy is one of method and not of
/// constants.
/// </remarks>
public static class PhysicalConstants
{
    /// <summary>Standard acceleration of gravity, 9.80665 m s⁻² (3rd CGPM, 1901).</summary>
    public const double Gravity = 9.80665;

    /// <summary>Molar gas constant, J mol⁻¹ K⁻¹ (CODATA 2018, exact).</summary>
    public const double MolarGasConstant = 8.314462618;

    /// <summary>Molar mass of dry air, kg mol⁻¹ (Picard and others 2008, CIPM-2007).</summary>
    public const double DryAirMolarMass = 28.96546e-3;

    /// <summary>Molar mass of water, kg mol⁻¹ (IAPWS 2012).</summary>
    public const double WaterMolarMass = 18.015268e-3;

    /// <summary>Specific gas constant of dry air, 287.0475 J kg⁻¹ K⁻¹: molar gas constant over molar mass.</summary>
    public const double DryAirGasConstant = MolarGasConstant / DryAirMolarMass;

    /// <summary>Ratio of the molar masses of water and dry air, 0.62196.</summary>
    public const double Epsilon = WaterMolarMass / DryAirMolarMass;

    /// <summary>Specific gas constant of water vapour, J kg⁻¹ K⁻¹: that of dry air over <see cref="Epsilon"/>.</summary>
    public const double VapourGasConstant = DryAirGasConstant / Epsilon;

    /// <summary>Specific heat of dry air at constant pressure, 1004.666 J kg⁻¹ K⁻¹: 7/2 R, an ideal diatomic gas.</summary>
    public const double DryAirHeatCapacity = 3.5 * DryAirGasConstant;

    /// <summary>Exponent of Poisson's equation: gas constant over specific heat of dry air, 2/7.</summary>
    public const double Kappa = DryAirGasConstant / DryAirHeatCapacity;

    /// <summary>Specific heat of water vapour at constant pressure, J kg⁻¹ K⁻¹: 1.33 R / 0.33 (WMO 1966 ratio of specific heats).</summary>
    public const double VapourHeatCapacity = 1.33 * VapourGasConstant / 0.33;

    /// <summary>Specific heat of liquid water at 0 °C, J kg⁻¹ K⁻¹ (Rogers and Yau 1989).</summary>
    public const double LiquidHeatCapacity = 4219.4;

    /// <summary>Latent heat of vaporisation at 0 °C, J kg⁻¹ (Rogers and Yau 1989).</summary>
    public const double LatentHeat = 2.50084e6;

    /// <summary>0 °C in kelvin (exact by definition).</summary>
    public const double ZeroCelsius = 273.15;

    /// <summary>Temperature of the triple point of water, K.</summary>
    public const double TriplePoint = 273.16;

    /// <summary>Reference pressure of potential temperature, Pa.</summary>
    public const double ReferencePressure = 100_000.0;

    /// <summary>Saturation vapour pressure at 0 °C, Pa (Bolton 1980, equation 10).</summary>
    public const double BoltonPressure = 611.2;

    /// <summary>Slope of Bolton's exponent, dimensionless (Bolton 1980, equation 10).</summary>
    public const double BoltonSlope = 17.67;

    /// <summary>Offset of Bolton's denominator in °C (Bolton 1980, equation 10).</summary>
    public const double BoltonOffset = 243.5;

    /// <summary>Distance of the Bunkers movers from the mean wind, m s⁻¹ (Bunkers and others 2000).</summary>
    public const double BunkersDeviation = 7.5;
}
