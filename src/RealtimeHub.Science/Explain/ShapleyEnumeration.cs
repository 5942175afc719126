using System.Numerics;

namespace RealtimeHub.Science.Explain;

/// <summary>Exact interventional Shapley values of any model, by all 2^M coalitions of its M features.</summary>
/// <remarks>
/// v(S) is the mean over the background rows b of f(x on S, b elsewhere), and
/// φ_i = Σ over S without i of |S|! (M − |S| − 1)! / M! · (v(S ∪ i) − v(S)) (Shapley 1953; Lundberg and Lee 2017). Exponential
/// in the number of features: the reference that <see cref="TreeShapley"/> is checked against, and a way for models
/// that are not trees. Sums run over rows, then over coalitions, in ascending order.
/// </remarks>
public static class ShapleyEnumeration
{
    /// <summary>The most features that are accepted: 4,096 coalitions.</summary>
    public const int MaxFeatures = 12;

    /// <summary>Explains the prediction for one row.</summary>
    /// <param name="model">The model; called (coalitions) × (background rows) times.</param>
    /// <param name="row">The row to explain, at most <see cref="MaxFeatures"/> values.</param>
    /// <param name="background">Background rows, one after the other; at least one.</param>
    /// <exception cref="ArgumentException">There are too many features, or the background is not a whole number of rows.</exception>
    public static Attribution Explain(RowModel model, ReadOnlySpan<double> row, ReadOnlySpan<double> background)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (row.Length is 0 or > MaxFeatures)
        {
            throw new ArgumentException($"Enumeration takes 1 to {MaxFeatures} features, but got {row.Length}.", nameof(row));
        }

        if (background.Length == 0 || background.Length % row.Length != 0)
        {
            throw new ArgumentException($"{background.Length} background values are not rows of {row.Length}.", nameof(background));
        }

        var values = CoalitionValues(model, row, background);
        var contributions = new double[row.Length];
        for (var coalition = 0; coalition < values.Length; coalition++)
        {
            var weight = ShapleyWeights.Of(BitOperations.PopCount((uint)coalition), row.Length);
            for (var feature = 0; feature < row.Length; feature++)
            {
                if ((coalition >> feature & 1) == 0)
                {
                    contributions[feature] += weight * (values[coalition | 1 << feature] - values[coalition]);
                }
            }
        }

        return new(values[0], values[^1], contributions);
    }

    private static double[] CoalitionValues(RowModel model, ReadOnlySpan<double> row, ReadOnlySpan<double> background)
    {
        var values = new double[1 << row.Length];
        var rows = background.Length / row.Length;
        Span<double> mixed = stackalloc double[row.Length];
        // All features known: the background has no say, and the mean of equal numbers must not be off by a rounding.
        values[^1] = model(row);
        for (var coalition = 0; coalition < values.Length - 1; coalition++)
        {
            var sum = 0.0;
            for (var start = 0; start < background.Length; start += row.Length)
            {
                for (var feature = 0; feature < row.Length; feature++)
                {
                    mixed[feature] = (coalition >> feature & 1) != 0 ? row[feature] : background[start + feature];
                }

                sum += model(mixed);
            }

            values[coalition] = sum / rows;
        }

        return values;
    }
}
