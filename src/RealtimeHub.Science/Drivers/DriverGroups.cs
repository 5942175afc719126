namespace RealtimeHub.Science.Drivers;

/// <summary>Drivers that are computed together; what is not asked for is left NaN.</summary>
[Flags]
public enum DriverGroups
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>CAPE, CIN, LCL, LFC and EL of the surface-based parcel.</summary>
    SurfaceBased = 1,

    /// <summary>CAPE and CIN of the mixed-layer parcel.</summary>
    MixedLayer = 1 << 1,

    /// <summary>CAPE and CIN of the most unstable parcel.</summary>
    MostUnstable = 1 << 2,

    /// <summary>Storm-relative helicity, 0–1 and 0–3 km.</summary>
    Helicity = 1 << 3,

    /// <summary>Bulk shear, 0–1, 0–3 and 0–6 km.</summary>
    Shear = 1 << 4,

    /// <summary>Low-level jet.</summary>
    Jet = 1 << 5,

    /// <summary>Both lapse rates.</summary>
    LapseRates = 1 << 6,

    /// <summary>Moisture flux and transport, dewpoint depression, vapour pressure deficit.</summary>
    Moisture = 1 << 7,

    /// <summary>Mixing height.</summary>
    Mixing = 1 << 8,

    /// <summary>The instability composite, with all groups that it needs.</summary>
    Composite = (1 << 9) | SurfaceBased | Shear | Jet | LapseRates | Moisture,

    /// <summary>Everything.</summary>
    All = Composite | MixedLayer | MostUnstable | Helicity | Mixing,
}
