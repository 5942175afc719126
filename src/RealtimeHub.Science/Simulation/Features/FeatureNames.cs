namespace RealtimeHub.Science.Simulation.Features;

/// <summary>The features of a run by name, in their order.</summary>
public static class FeatureNames
{
    /// <summary>The set of eighteen that describes the form of a field and its change.</summary>
    public static IReadOnlyList<string> Morphology { get; } =
    [
        "D_box", "D_r2", "V_min", "V_max", "V_mean", "V_std", "V_skew", "V_kurt", "dV_mean", "dV_max", "T_stable", "E_trend", "f_active",
        "N_clusters_low", "N_clusters_med", "N_clusters_high", "max_cluster_size", "cluster_size_std",
    ];

    /// <summary>The features that every frame of a model has.</summary>
    public static IReadOnlyList<string> Standard(ObservedField field) =>
    [
        .. new[] { "mean", "std", "min", "max" }.Select(n => field.FeaturePrefix + n + field.FeatureSuffix),
        "active_nodes", "activity_ratio", "fractal_dimension", "total_energy", "spatial_variance",
    ];
}
