namespace RealtimeHub.Science.Drivers;

/// <summary>Names, units and definitions of all drivers.</summary>
/// <remarks>Numbers in a definition are the defaults of <see cref="DriverOptions"/>.</remarks>
public static class DriverCatalog
{
    private const string Unstable = "Parcel of the highest equivalent potential temperature in the lowest 300 hPa. ";

    private const string Cape =
        "Positive buoyancy between LFC and EL with virtual temperature; T and Td linear in ln p; pseudo-adiabatic ascent without ice.";

    private const string Cin =
        "Net buoyancy from the parcel's level to the lowest LFC with virtual temperature; not positive; 0 where there is no LFC.";

    private const string NegativeCin =
        "Negative buoyancy from the ground to the lowest LFC with virtual temperature; 0 where there is no LFC.";

    private const string Srh =
        "Davies-Jones and others (1990); Bunkers (2000) right mover with means over height, unless a motion is prescribed.";

    private const string Shear = "Length of the difference of the winds at the top and at 10 m.";

    /// <summary>One description per driver, in the order of <see cref="Driver"/>.</summary>
    public static IReadOnlyList<DriverDescription> All { get; } =
    [
        new(Driver.Cape, "cape", "J kg-1", "Parcel of the surface. " + Cape),
        new(Driver.Cin, "cin", "J kg-1", "Parcel of the surface. " + Cin),
        new(Driver.LclPressure, "lcl_pressure", "Pa", "Lifting condensation level of the surface parcel, Bolton (1980)."),
        new(Driver.LfcPressure, "lfc_pressure", "Pa", "Lowest level of free convection of the surface parcel."),
        new(Driver.ElPressure, "el_pressure", "Pa", "Highest equilibrium level of the surface parcel."),
        new(Driver.MixedLayerCape, "cape_mixed_layer", "J kg-1", "Mean parcel of the lowest 100 hPa. " + Cape),
        new(Driver.MixedLayerCin, "cin_mixed_layer", "J kg-1", "Mean parcel of the lowest 100 hPa. " + NegativeCin),
        new(Driver.MostUnstableCape, "cape_most_unstable", "J kg-1", Unstable + Cape),
        new(Driver.MostUnstableCin, "cin_most_unstable", "J kg-1", Unstable + Cin),
        new(Driver.Srh0To1Km, "srh_0_1km", "m2 s-2", Srh),
        new(Driver.Srh0To3Km, "srh_0_3km", "m2 s-2", Srh),
        new(Driver.BulkShear0To1Km, "bulk_shear_0_1km", "m s-1", Shear),
        new(Driver.BulkShear0To3Km, "bulk_shear_0_3km", "m s-1", Shear),
        new(Driver.BulkShear0To6Km, "bulk_shear_0_6km", "m s-1", Shear),
        new(Driver.JetSpeed, "llj_magnitude", "m s-1", "Greatest wind between 100 and 1500 m above ground."),
        new(Driver.JetHeight, "llj_height", "m", "Height above ground of the greatest wind between 100 and 1500 m."),
        new(Driver.JetThickness, "llj_thickness", "m", "Depth around it in which the wind is at least 0.8 of the greatest."),
        new(Driver.LapseRate0To3Km, "lapse_rate_0_3km", "K m-1", "Fall of temperature from 2 m to 3 km above ground, per metre."),
        new(Driver.LapseRate700To500HPa, "lapse_rate_700_500hpa", "K m-1", "Fall of temperature from 700 to 500 hPa, per metre."),
        new(Driver.MoistureFluxU, "moisture_flux_u", "kg kg-1 m s-1", "Specific humidity times eastward wind at 850 hPa."),
        new(Driver.MoistureFluxV, "moisture_flux_v", "kg kg-1 m s-1", "Specific humidity times northward wind at 850 hPa."),
        new(Driver.MoistureTransport, "moisture_transport", "kg m-1 s-1", "Length of the vapour transport from the surface to 300 hPa."),
        new(Driver.DewpointDepression, "dewpoint_depression", "K", "Temperature minus dewpoint at 2 m."),
        new(Driver.VapourPressureDeficit, "vapour_pressure_deficit", "Pa", "Saturation minus vapour pressure at 2 m, Bolton (1980)."),
        new(Driver.MixingHeight, "mixing_height", "m", "Bulk Richardson number 0.25, Seidel and others (2012)."),
        new(Driver.InstabilityComposite, "instability", "1", "Weighted sum of normalised drivers; not calibrated."),
    ];

    /// <summary>The description of one driver.</summary>
    /// <param name="driver">The driver.</param>
    public static DriverDescription Of(Driver driver) => All[(int)driver];
}
