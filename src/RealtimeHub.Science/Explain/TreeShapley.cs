using RealtimeHub.Science.Trees;

namespace RealtimeHub.Science.Explain;

/// <summary>Exact interventional Shapley values of a tree ensemble against a fixed background, in polynomial time.</summary>
/// <remarks>
/// <para>
/// The values are those of <see cref="ShapleyEnumeration"/>, found leaf by leaf (interventional TreeSHAP: Lundberg et al. 2020;
/// Laberge and Pequignot 2022). With row x and background row b, a leaf is reached by a coalition if each feature on its path lets it pass,
/// from x if it is in the coalition and from b if not. A feature that passes only from x must be in (p of them), one that passes only
/// from b must be out (q of them), and one that passes from neither closes the leaf. That game's Shapley values are
/// leaf · (p − 1)! q! / (p + q)! for the first kind and −leaf · p! (q − 1)! / (p + q)! for the second.
/// </para>
/// <para>
/// Which features of a path a background row passes is known before any x. So the sum over the background is folded, once, into a
/// table per leaf with one line for each set of path features that x may pass; explaining a row is then one look-up per
/// leaf, whatever the size of the background. Immutable, so any number of threads may use it at once. Sums run over trees,
/// leaves and path features in order.
/// </para>
/// </remarks>
public sealed class TreeShapley
{
    /// <summary>The most background rows that are accepted.</summary>
    public const int MaxBackgroundRows = 64;

    private readonly TreeEnsemble _ensemble;
    private readonly LeafTable[] _leaves;
    private readonly int[] _firstLeaf;
    private readonly double[] _table;

    /// <summary>Folds the background into the tables.</summary>
    /// <param name="ensemble">The model to explain.</param>
    /// <param name="background">1 to <see cref="MaxBackgroundRows"/> rows of features, one after the other.</param>
    /// <exception cref="ArgumentException">The background is not a whole number of rows, or too many.</exception>
    public TreeShapley(TreeEnsemble ensemble, ReadOnlySpan<float> background)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        var rows = background.Length / ensemble.FeatureCount;
        if (rows is 0 or > MaxBackgroundRows || rows * ensemble.FeatureCount != background.Length)
        {
            throw new ArgumentException(
                $"The background must be 1 to {MaxBackgroundRows} rows of {ensemble.FeatureCount} values, but has {background.Length} values.",
                nameof(background));
        }

        _ensemble = ensemble;
        BackgroundRows = rows;
        Baseline = MeanPrediction(ensemble, background, rows);
        var builder = new LeafTableBuilder(ensemble, background);
        _leaves = builder.Leaves;
        _firstLeaf = builder.FirstLeaf;
        _table = builder.Table;
    }

    /// <summary>How many background rows there are.</summary>
    public int BackgroundRows { get; }

    /// <summary>The mean prediction over the background.</summary>
    public double Baseline { get; }

    /// <summary>Explains one row and returns its prediction. Allocates nothing.</summary>
    /// <param name="row">The features of the row.</param>
    /// <param name="contributions">Receives one value per feature; they sum to the prediction minus <see cref="Baseline"/>.</param>
    /// <exception cref="ArgumentException">A span has not exactly one value per feature.</exception>
    public double Explain(ReadOnlySpan<float> row, Span<double> contributions)
    {
        _ensemble.RequireRow(row.Length);
        _ensemble.RequireRow(contributions.Length);
        contributions.Clear();
        for (var tree = 0; tree < _ensemble.TreeCount; tree++)
        {
            var outcomes = _ensemble.Outcomes(tree, row);
            foreach (ref readonly var leaf in _leaves.AsSpan(_firstLeaf[tree].._firstLeaf[tree + 1]))
            {
                var line = leaf.TableStart + (leaf.PassedSlots(outcomes) * leaf.SlotCount);
                for (var slot = 0; slot < leaf.SlotCount; slot++)
                {
                    contributions[leaf.FeatureOf(slot)] += _table[line + slot];
                }
            }
        }

        return _ensemble.Predict(row);
    }

    /// <summary>Explains one row.</summary>
    /// <exception cref="ArgumentException">The row has not exactly one value per feature.</exception>
    public Attribution Explain(ReadOnlySpan<float> row)
    {
        var contributions = new double[_ensemble.FeatureCount];
        var prediction = Explain(row, contributions);
        return new(Baseline, prediction, contributions);
    }

    private static double MeanPrediction(TreeEnsemble ensemble, ReadOnlySpan<float> background, int rows)
    {
        var sum = 0.0;
        for (var start = 0; start < background.Length; start += ensemble.FeatureCount)
        {
            sum += ensemble.Predict(background.Slice(start, ensemble.FeatureCount));
        }

        return sum / rows;
    }
}
