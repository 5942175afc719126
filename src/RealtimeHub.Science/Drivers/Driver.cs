namespace RealtimeHub.Science.Drivers;

/// <summary>A hazard field. Unit, wire name and definition of each are in <see cref="DriverCatalog"/>.</summary>
public enum Driver
{
    /// <summary>CAPE of the surface-based parcel.</summary>
    Cape,

    /// <summary>CIN of the surface-based parcel.</summary>
    Cin,

    /// <summary>Pressure of the lifting condensation level of the surface-based parcel.</summary>
    LclPressure,

    /// <summary>Pressure of the level of free convection of the surface-based parcel.</summary>
    LfcPressure,

    /// <summary>Pressure of the equilibrium level of the surface-based parcel.</summary>
    ElPressure,

    /// <summary>CAPE of the mixed-layer parcel.</summary>
    MixedLayerCape,

    /// <summary>CIN of the mixed-layer parcel.</summary>
    MixedLayerCin,

    /// <summary>CAPE of the most unstable parcel.</summary>
    MostUnstableCape,

    /// <summary>CIN of the most unstable parcel.</summary>
    MostUnstableCin,

    /// <summary>Storm-relative helicity of the lowest kilometre.</summary>
    Srh0To1Km,

    /// <summary>Storm-relative helicity of the lowest 3 km.</summary>
    Srh0To3Km,

    /// <summary>Bulk shear of the lowest kilometre.</summary>
    BulkShear0To1Km,

    /// <summary>Bulk shear of the lowest 3 km.</summary>
    BulkShear0To3Km,

    /// <summary>Bulk shear of the lowest 6 km.</summary>
    BulkShear0To6Km,

    /// <summary>Speed of the low-level jet.</summary>
    JetSpeed,

    /// <summary>Height of the low-level jet.</summary>
    JetHeight,

    /// <summary>Thickness of the low-level jet.</summary>
    JetThickness,

    /// <summary>Lapse rate from the surface to 3 km.</summary>
    LapseRate0To3Km,

    /// <summary>Lapse rate from 700 to 500 hPa.</summary>
    LapseRate700To500HPa,

    /// <summary>Eastward moisture flux at one pressure.</summary>
    MoistureFluxU,

    /// <summary>Northward moisture flux at one pressure.</summary>
    MoistureFluxV,

    /// <summary>Length of the vertically integrated moisture transport.</summary>
    MoistureTransport,

    /// <summary>Dewpoint depression at 2 m.</summary>
    DewpointDepression,

    /// <summary>Vapour pressure deficit at 2 m.</summary>
    VapourPressureDeficit,

    /// <summary>Mixing height.</summary>
    MixingHeight,

    /// <summary>Instability composite.</summary>
    InstabilityComposite,
}
