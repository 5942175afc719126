namespace RealtimeHub.Science.Trees;

/// <summary>A sum of regression trees, ready to predict: a base value plus one leaf value from each tree.</summary>
/// <remarks>
/// Immutable, so any number of threads may use it at once. Every tree is complete to <see cref="Depth"/> and lies in heap order:
/// the children of node n are 2n + 1 (taken when the feature is at most the threshold) and 2n + 2 (otherwise, and
/// when the feature is NaN). A place that does not split has the feature −1 and the same value in all leaves below.
/// Sums run over the trees in order, in double precision.
/// </remarks>
public sealed class TreeEnsemble
{
    /// <summary>The largest depth that is accepted.</summary>
    public const int MaxDepth = 6;

    /// <summary>The most features that are accepted.</summary>
    public const int MaxFeatures = 32;

    private readonly int[] _features;
    private readonly int[] _walkFeatures;
    private readonly float[] _thresholds;
    private readonly double[] _leaves;

    /// <summary>Builds the ensemble from its stored form.</summary>
    /// <exception cref="ArgumentException">The arrays do not fit together; the message says which and why.</exception>
    public TreeEnsemble(TreeEnsembleModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        TreeEnsembleRules.Check(model);
        Depth = model.Depth;
        FeatureCount = model.FeatureNames.Count;
        BaseValue = model.BaseValue;
        _features = [.. model.Features];
        _leaves = [.. model.LeafValues];
        TreeCount = _leaves.Length >> Depth;
        _walkFeatures = new int[_features.Length];
        _thresholds = new float[_features.Length];
        for (var node = 0; node < _features.Length; node++)
        {
            // Both sides of a place that does not split lead to equal leaves, so any comparison will do.
            _walkFeatures[node] = Math.Max(_features[node], 0);
            _thresholds[node] = _features[node] < 0 ? float.PositiveInfinity : model.Thresholds[node];
        }
    }

    /// <summary>How many comparisons a prediction takes per tree.</summary>
    public int Depth { get; }

    /// <summary>How many trees are summed.</summary>
    public int TreeCount { get; }

    /// <summary>How many features a row has.</summary>
    public int FeatureCount { get; }

    /// <summary>What an ensemble of no trees predicts.</summary>
    public double BaseValue { get; }

    /// <summary>Nodes per tree that may split: 2^depth − 1.</summary>
    public int NodesPerTree => (1 << Depth) - 1;

    /// <summary>Leaves per tree: 2^depth.</summary>
    public int LeavesPerTree => 1 << Depth;

    /// <summary>The prediction for one row of features. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">The row has not exactly <see cref="FeatureCount"/> values.</exception>
    public double Predict(ReadOnlySpan<float> row)
    {
        RequireRow(row.Length);
        var sum = BaseValue;
        var nodesPerTree = NodesPerTree;
        for (int tree = 0, nodes = 0, leaves = 0; tree < TreeCount; tree++, nodes += nodesPerTree, leaves += nodesPerTree + 1)
        {
            var place = 0;
            while (place < nodesPerTree)
            {
                var node = nodes + place;
                place = (2 * place) + (row[_walkFeatures[node]] <= _thresholds[node] ? 1 : 2);
            }

            sum += _leaves[leaves + place - nodesPerTree];
        }

        return sum;
    }

    /// <summary>Predictions for many rows, stored one after the other. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">The number of values is not rows times features.</exception>
    public void Predict(ReadOnlySpan<float> rows, Span<double> predictions)
    {
        if (rows.Length != predictions.Length * FeatureCount)
        {
            throw new ArgumentException($"Expected {predictions.Length} rows of {FeatureCount} values, but got {rows.Length} values.", nameof(rows));
        }

        for (var row = 0; row < predictions.Length; row++)
        {
            predictions[row] = Predict(rows.Slice(row * FeatureCount, FeatureCount));
        }
    }

    /// <summary>The feature at a place of a tree, or −1 where it does not split.</summary>
    internal int FeatureAt(int tree, int place) => _features[(tree * NodesPerTree) + place];

    internal float ThresholdAt(int tree, int place) => _thresholds[(tree * NodesPerTree) + place];

    internal double LeafAt(int tree, int leaf) => _leaves[(tree << Depth) + leaf];

    /// <summary>One bit per place of a tree: set where the row goes right. Bits of places that do not split mean nothing.</summary>
    internal ulong Outcomes(int tree, ReadOnlySpan<float> row)
    {
        var nodes = _thresholds.AsSpan(tree * NodesPerTree, NodesPerTree);
        var features = _walkFeatures.AsSpan(tree * NodesPerTree, NodesPerTree);
        var bits = 0UL;
        for (var place = 0; place < nodes.Length; place++)
        {
            bits |= row[features[place]] <= nodes[place] ? 0UL : 1UL << place;
        }

        return bits;
    }

    internal void RequireRow(int length)
    {
        if (length != FeatureCount)
        {
            throw new ArgumentException($"A row has {FeatureCount} features, but got {length} values.");
        }
    }
}
