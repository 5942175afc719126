using RealtimeHub.Science.Trees;

namespace RealtimeHub.Science.Explain;

/// <summary>Integrated gradients of a tree ensemble, exactly: the jumps along the straight line from a baseline row to the row.</summary>
/// <remarks>
/// <para>
/// Integrated gradients (Sundararajan, Taly and Yan 2017) integrate the gradient along the line from baseline to row. A tree is
/// piecewise constant: its gradient is zero but for the places where the line crosses a threshold, and there the integral is
/// the jump. So each jump goes to the feature whose threshold is crossed; this is the exact path attribution, no
/// sampling. Contributions sum to f(row) − f(baseline); a feature that does not change gets 0.
/// </para>
/// <para>
/// Ties: thresholds of different features that the line crosses at the same place have no order of their own. The features then
/// take their step one after the other, once by ascending and once by descending index, and each gets the mean of its two jumps
/// (for two features this is the Shapley value of the step). Places are compared as computed in double precision:
/// (threshold − baseline) / (row − baseline).
/// </para>
/// <para>A NaN goes right at every threshold, so its jumps have no place on the line; rows and baselines must be finite.</para>
/// </remarks>
public static class TreePathAttribution
{
    /// <summary>Explains one row and returns its prediction. Allocates nothing.</summary>
    /// <param name="ensemble">The model to explain.</param>
    /// <param name="row">The features of the row, all finite.</param>
    /// <param name="baseline">The features of the baseline, all finite.</param>
    /// <param name="contributions">Receives one value per feature.</param>
    /// <exception cref="ArgumentException">A span has not exactly one value per feature, or a value is not finite.</exception>
    public static double Explain(TreeEnsemble ensemble, ReadOnlySpan<float> row, ReadOnlySpan<float> baseline, Span<double> contributions)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ensemble.RequireRow(row.Length);
        ensemble.RequireRow(baseline.Length);
        ensemble.RequireRow(contributions.Length);
        RequireFinite(row, nameof(row));
        RequireFinite(baseline, nameof(baseline));
        contributions.Clear();
        Span<double> crossings = stackalloc double[ensemble.NodesPerTree];
        for (var tree = 0; tree < ensemble.TreeCount; tree++)
        {
            var walk = new TreeLineWalk(ensemble, tree, crossings, ensemble.Outcomes(tree, row), ensemble.Outcomes(tree, baseline));
            walk.FindCrossings(row, baseline);
            walk.Attribute(contributions);
        }

        return ensemble.Predict(row);
    }

    /// <summary>Explains one row.</summary>
    /// <exception cref="ArgumentException">A span has not exactly one value per feature, or a value is not finite.</exception>
    public static Attribution Explain(TreeEnsemble ensemble, ReadOnlySpan<float> row, ReadOnlySpan<float> baseline)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        var contributions = new double[ensemble.FeatureCount];
        var prediction = Explain(ensemble, row, baseline, contributions);
        return new(ensemble.Predict(baseline), prediction, contributions);
    }

    private static void RequireFinite(ReadOnlySpan<float> values, string name)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException("A path attribution needs finite values.", name);
            }
        }
    }
}
