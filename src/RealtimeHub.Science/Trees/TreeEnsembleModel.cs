namespace RealtimeHub.Science.Trees;

/// <summary>The stored form of a tree ensemble: plain arrays, trees one after the other, each in heap order.</summary>
public sealed record TreeEnsembleModel
{
    /// <summary>The version of this layout that is written and read.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the layout.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>What is predicted, for instance <c>t2m_tendency_3h</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The unit of the prediction.</summary>
    public required string Unit { get; init; }

    /// <summary>The names of the features, in the order of a row; at most <see cref="TreeEnsemble.MaxFeatures"/>.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>The depth of every tree, 1 to <see cref="TreeEnsemble.MaxDepth"/>.</summary>
    public required int Depth { get; init; }

    /// <summary>What an ensemble of no trees predicts.</summary>
    public required double BaseValue { get; init; }

    /// <summary>Per tree 2^depth − 1 features; −1 where a place does not split.</summary>
    public required IReadOnlyList<int> Features { get; init; }

    /// <summary>Per tree 2^depth − 1 thresholds; at most the threshold goes left. 0 where a place does not split.</summary>
    public required IReadOnlyList<float> Thresholds { get; init; }

    /// <summary>Per tree 2^depth leaf values, learning rate included.</summary>
    public required IReadOnlyList<double> LeafValues { get; init; }

    /// <summary>How the ensemble was trained.</summary>
    public required TreeTrainingSummary Training { get; init; }
}
