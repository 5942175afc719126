using RealtimeHub.Science.Randomness;

namespace RealtimeHub.Science.Trees;

/// <summary>Grows gradient-boosted regression trees under squared loss.</summary>
/// <remarks>
/// Friedman (2001) boosting with the regularised gain of Chen and Guestrin (2016): with R the sum of residuals of n rows, a split
/// gains R_l²/(n_l + λ) + R_r²/(n_r + λ) − R²/(n + λ), and a leaf is worth rate · R/(n + λ). Leaf values are rounded to a
/// millionth of the target's unit, so that the stored form is short; later trees see the rounded values. Rows are summed in
/// order; equal gains go to the lower feature, then to the lower threshold; so the same table and options give the same bits.
/// </remarks>
public static class TreeTrainer
{
    private const double LeafSteps = 1e6;

    /// <summary>Grows an ensemble.</summary>
    /// <exception cref="ArgumentException">The table or the options are not usable; the message says why.</exception>
    public static TreeEnsembleModel Train(TrainingTable table, TreeTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        table.Check();
        var baseValue = Math.Round(Sum(table.Targets) / table.Rows * LeafSteps) / LeafSteps;
        var residuals = Array.ConvertAll(table.Targets, target => target - baseValue);
        var targetSquare = MeanSquare(residuals);
        var grower = new TreeGrower(new BinnedFeatures(table, options.Bins), options, table.Rows);
        var features = new List<int>();
        var thresholds = new List<float>();
        var leaves = new List<double>();
        for (var tree = 0; tree < options.Trees; tree++)
        {
            grower.Grow(residuals, SplitMix64.Split(options.Seed, (ulong)tree));
            for (var leaf = 0; leaf < grower.Leaves.Length; leaf++)
            {
                grower.Leaves[leaf] = Math.Round(grower.Leaves[leaf] * options.LearningRate * LeafSteps) / LeafSteps;
            }

            grower.Subtract(residuals);
            features.AddRange(grower.Features);
            thresholds.AddRange(grower.Thresholds);
            leaves.AddRange(grower.Leaves);
        }

        return new TreeEnsembleModel
        {
            Target = table.Target,
            Unit = table.Unit,
            FeatureNames = table.FeatureNames,
            Depth = options.Depth,
            BaseValue = baseValue,
            Features = features,
            Thresholds = thresholds,
            LeafValues = leaves,
            Training = new("gradient-boosted regression trees, squared loss", options, table.Rows, Math.Sqrt(targetSquare), Math.Sqrt(MeanSquare(residuals))),
        };
    }

    private static double Sum(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static double MeanSquare(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value * value;
        }

        return sum / values.Length;
    }
}
