namespace RealtimeHub.Science.Drivers;

/// <summary>What became of a lifted parcel.</summary>
/// <remarks>
/// A CIN of 0 is not by itself air free to rise: where <paramref name="FreeConvectionPressure"/> is NaN there is no free
/// convection at all. Where the parcel is still buoyant at the top of the column, CAPE ends there.
/// </remarks>
/// <param name="Cape">Convective available potential energy, J kg⁻¹; never negative, 0 where there is no level of free convection.</param>
/// <param name="Cin">Convective inhibition as a net, J kg⁻¹; never positive. 0 also where there is no level of free convection.</param>
/// <param name="NegativeCin">The same without what positive buoyancy below the level of free convection gives back, J kg⁻¹.</param>
/// <param name="CondensationPressure">Pressure of the lifting condensation level, Pa.</param>
/// <param name="CondensationTemperature">Temperature of the parcel at the lifting condensation level, K.</param>
/// <param name="FreeConvectionPressure">Pressure of the level of free convection, Pa; NaN where there is none.</param>
/// <param name="EquilibriumPressure">Pressure of the equilibrium level, Pa; NaN where there is none or it lies above the column.</param>
public readonly record struct ParcelAscent(
    double Cape,
    double Cin,
    double NegativeCin,
    double CondensationPressure,
    double CondensationTemperature,
    double FreeConvectionPressure,
    double EquilibriumPressure)
{
    /// <summary>The ascent of a parcel, or through a column, that is not there: NaN throughout.</summary>
    public static ParcelAscent Missing =>
        new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
}
