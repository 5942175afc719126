namespace RealtimeHub.Science.Simulation.Features;

/// <summary>Turns what was measured into features by name.</summary>
public static class FeatureValues
{
    /// <summary>The features that every frame has, in the order of <see cref="FeatureNames.Standard"/>.</summary>
    public static IReadOnlyList<KeyValuePair<string, double>> Standard(ObservedField field, FieldStatistics statistics)
    {
        var shown = field.ShownScale;
        return Named(FeatureNames.Standard(field),
        [
            statistics.Mean * shown, statistics.Deviation * shown, statistics.Min * shown, statistics.Max * shown,
            statistics.ActiveCells, statistics.ActiveRatio, statistics.FractalDimension, statistics.Energy, statistics.SpatialVariance,
        ]);
    }

    /// <summary>The eighteen features of form and change, in the order of <see cref="FeatureNames.Morphology"/>.</summary>
    public static IReadOnlyList<KeyValuePair<string, double>> Morphology(
        ObservedField field, FieldGrid grid, FieldStatistics statistics, ChangeTracker changes)
    {
        var shown = field.ShownScale;
        var low = ActivityMask.Of(grid, 0, (float)field.ClusterThresholds.Low);
        var (dimension, fit) = BoxCounting.LeastSquares(ActivityMask.Of(grid, 0, (float)field.ActiveAbove));
        var clusters = ClusterSizes.Of(low);
        var mean = clusters.Count == 0 ? 0.0 : clusters.Average();
        return Named(FeatureNames.Morphology,
        [
            dimension, fit,
            statistics.Min * shown, statistics.Max * shown, statistics.Mean * shown, statistics.Deviation * shown, statistics.Skewness, statistics.Kurtosis,
            changes.MeanChange, changes.MaxChange, changes.StepsToStable, changes.EnergyTrend,
            low.Count / ((double)grid.Size * grid.Size),
            clusters.Count,
            ClusterSizes.Of(ActivityMask.Of(grid, 0, (float)field.ClusterThresholds.Medium)).Count,
            ClusterSizes.Of(ActivityMask.Of(grid, 0, (float)field.ClusterThresholds.High)).Count,
            clusters.Count == 0 ? 0 : clusters.Max(),
            clusters.Count == 0 ? 0.0 : Math.Sqrt(clusters.Average(c => (c - mean) * (c - mean))),
        ]);
    }

    private static IReadOnlyList<KeyValuePair<string, double>> Named(IReadOnlyList<string> names, IReadOnlyList<double> values) =>
        [.. names.Select((name, i) => KeyValuePair.Create(name, values[i]))];
}
