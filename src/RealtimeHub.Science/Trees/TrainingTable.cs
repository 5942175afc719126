namespace RealtimeHub.Science.Trees;

/// <summary>Rows to learn from: features, one row after the other, and one target per row.</summary>
/// <param name="FeatureNames">Names of the features, in the order of a row.</param>
/// <param name="Target">What the targets are.</param>
/// <param name="Unit">The unit of the targets.</param>
/// <param name="Values">Rows times features, all finite.</param>
/// <param name="Targets">One per row, all finite.</param>
public sealed record TrainingTable(
    IReadOnlyList<string> FeatureNames,
    string Target,
    string Unit,
    float[] Values,
    double[] Targets)
{
    /// <summary>How many rows there are.</summary>
    public int Rows => Targets.Length;

    /// <summary>Throws where the arrays do not fit together, are empty, or hold a value that is not finite.</summary>
    /// <exception cref="ArgumentException">The message says what is wrong.</exception>
    internal void Check()
    {
        if (Rows == 0 || FeatureNames.Count is 0 or > TreeEnsemble.MaxFeatures)
        {
            throw new ArgumentException(
                $"Training needs at least one row and 1 to {TreeEnsemble.MaxFeatures} features, but got {Rows} rows of {FeatureNames.Count}.");
        }

        if (Values.Length != Rows * FeatureNames.Count)
        {
            throw new ArgumentException($"{Rows} rows of {FeatureNames.Count} features need {Rows * FeatureNames.Count} values, but got {Values.Length}.");
        }

        if (!Array.TrueForAll(Values, float.IsFinite) || !Array.TrueForAll(Targets, double.IsFinite))
        {
            throw new ArgumentException("Training needs finite values; leave rows with missing values out.");
        }
    }
}
