namespace RealtimeHub.Science.Drivers;

/// <summary>What the definitions of the drivers leave open. Part of the recipe of a frame.</summary>
public sealed record DriverOptions
{
    /// <summary>The options in which nothing was changed.</summary>
    public static DriverOptions Default { get; } = new();

    /// <summary>Storm motion for helicity, m s⁻¹; default null: the Bunkers right mover of each column.</summary>
    public WindVector? PrescribedMotion { get; init; }

    /// <summary>Depth of the mixed layer, Pa. Default 100 hPa.</summary>
    public double MixedLayerDepth { get; init; } = Parcels.MixedLayerDepth;

    /// <summary>Depth searched for the most unstable parcel, Pa. Default 300 hPa.</summary>
    public double MostUnstableDepth { get; init; } = Parcels.MostUnstableDepth;

    /// <summary>What counts as a low-level jet.</summary>
    public JetSearch Jet { get; init; } = new();

    /// <summary>Pressure of the moisture flux, Pa. Default 850 hPa.</summary>
    public double MoistureFluxPressure { get; init; } = 85_000.0;

    /// <summary>Upper limit of the integrated moisture transport, Pa. Default 300 hPa.</summary>
    public double MoistureTransportTop { get; init; } = 30_000.0;

    /// <summary>Critical bulk Richardson number of the mixing height. Default 0.25.</summary>
    public double CriticalRichardson { get; init; } = MixingHeight.CriticalRichardson;

    /// <summary>Weights and scales of the instability composite.</summary>
    public InstabilityComposite Composite { get; init; } = new();
}
