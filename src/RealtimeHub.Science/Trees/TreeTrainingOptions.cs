namespace RealtimeHub.Science.Trees;

/// <summary>How an ensemble is grown. The defaults are small on purpose: a tree costs time in every explanation.</summary>
public sealed record TreeTrainingOptions
{
    /// <summary>The most trees that may be asked for.</summary>
    public const int MaxTrees = 200;

    /// <summary>The largest depth that may be asked for.</summary>
    public const int MaxDepth = 4;

    /// <summary>How many trees are grown, 1 to <see cref="MaxTrees"/>. Default 100.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Depth of each tree, 1 to <see cref="MaxDepth"/>. Default 4.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>The share of each tree's leaf value that is used, above 0 and at most 1. Default 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Added to the number of rows in a leaf where its value is computed (L2 regularisation), at least 0. Default 1.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>The fewest sampled rows in a leaf, at least 1. Default 20.</summary>
    public int MinLeafRows { get; init; } = 20;

    /// <summary>The share of rows that each tree sees, above 0 and at most 1. Default 1.</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>The share of features that each tree sees, above 0 and at most 1; at least one is always seen. Default 1.</summary>
    public double FeatureShare { get; init; } = 1;

    /// <summary>The most values a feature is told apart by, 2 to 256. Default 256.</summary>
    public int Bins { get; init; } = 256;

    /// <summary>The seed of the choice of rows and features. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Throws where a value lies outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message names the property.</exception>
    internal void Check()
    {
        Require(Trees is >= 1 and <= MaxTrees, nameof(Trees), Trees);
        Require(Depth is >= 1 and <= MaxDepth, nameof(Depth), Depth);
        Require(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate);
        Require(L2 >= 0 && double.IsFinite(L2), nameof(L2), L2);
        Require(MinLeafRows >= 1, nameof(MinLeafRows), MinLeafRows);
        Require(RowShare is > 0 and <= 1, nameof(RowShare), RowShare);
        Require(FeatureShare is > 0 and <= 1, nameof(FeatureShare), FeatureShare);
        Require(Bins is >= 2 and <= 256, nameof(Bins), Bins);
    }

    private static void Require(bool condition, string name, object value)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} lies outside its range.");
        }
    }
}
