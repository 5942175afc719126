using RealtimeHub.Science.Explain;
using RealtimeHub.Science.Trees;

namespace RealtimeHub.Science.Climate;

/// <summary>A trained climate model, ready to predict up to three hours ahead of an analysis.</summary>
/// <remarks>
/// <para>
/// The trees give the change over three hours. For a shorter lead the same change is taken in proportion:
/// value(t + lead) = value(t) + lead / 3 h · change. So between two analyses the model draws a straight line from the
/// analysis to its own forecast; it does not resolve what happens within the three hours, and at lead 0 it returns the
/// analysis. All of it is modelled and must be labelled so.
/// </para>
/// <para>Immutable, so any number of threads may use it at once. Double precision, sums in a fixed order.</para>
/// </remarks>
public sealed class ClimateModel
{
    private readonly TreeEnsemble[] _changes;

    /// <summary>Makes a stored model ready.</summary>
    /// <exception cref="ArgumentException">The file was made for other features, or does not fit together; the message says why.</exception>
    public ClimateModel(ClimateModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Require(file.Format == ClimateModelFile.CurrentFormat, $"its format is {file.Format}; this version reads {ClimateModelFile.CurrentFormat}");
        Require(
            file.StepSeconds == ClimateFeatures.StepSeconds,
            $"its step is {file.StepSeconds} s; this version makes features for {ClimateFeatures.StepSeconds} s");
        Require(file.FeatureNames.SequenceEqual(ClimateFeatures.Names), "its features are not those that this version makes");
        Require(file.Changes.Count == ClimateVariables.All.Count, $"it has {file.Changes.Count} ensembles; it needs {ClimateVariables.All.Count}");
        Require(file.Background.Count > 0 && file.Background.Count % ClimateFeatures.Count == 0, "its background is not a whole number of rows");
        Require(file.Background.All(float.IsFinite), "its background has missing values");
        _changes = [.. file.Changes.Select(change => new TreeEnsemble(change))];
        Require(Array.TrueForAll(_changes, change => change.FeatureCount == ClimateFeatures.Count), "an ensemble has another number of features");
        Require(
            Array.TrueForAll(_changes, change => change.TreeCount <= ExplanationCost.MaxTrees && change.Depth <= ExplanationCost.MaxDepth),
            $"an ensemble has more than {ExplanationCost.MaxTrees} trees, or trees deeper than {ExplanationCost.MaxDepth}");
        Require(
            file.Background.Count <= TreeShapley.MaxBackgroundRows * ClimateFeatures.Count,
            $"its background has more than {TreeShapley.MaxBackgroundRows} rows");
        Background = [.. file.Background];
        Version = file.Version;
        Card = file.Card;
    }

    /// <summary>The version of the model.</summary>
    public string Version { get; }

    /// <summary>What the model was made from, and its skill.</summary>
    public ModelCard Card { get; }

    /// <summary>How many background rows the model carries for explanations.</summary>
    public int BackgroundRows => Background.Length / ClimateFeatures.Count;

    /// <summary>The background rows, one after the other.</summary>
    internal float[] Background { get; }

    /// <summary>The value of a variable at one cell. Allocates nothing.</summary>
    /// <param name="variable">What to predict.</param>
    /// <param name="row">The features of the cell at the analysis time. NaN where they are missing.</param>
    /// <param name="leadSeconds">Time after the analysis, 0 to 10,800 s.</param>
    /// <exception cref="ArgumentException">The row has another number of features, or the lead lies outside its range.</exception>
    public double Predict(ClimateVariable variable, ReadOnlySpan<float> row, long leadSeconds)
    {
        var share = ShareOf(leadSeconds);
        var change = Change(variable).Predict(row);
        return float.IsNaN(row[0]) ? double.NaN : row[ClimateFeatures.IndexOf(variable)] + (share * change);
    }

    /// <summary>The values of a variable at all cells whose rows are given, as float32; NaN where features are missing.</summary>
    /// <exception cref="ArgumentException">The spans do not fit together, or the lead lies outside its range.</exception>
    public void Predict(ClimateVariable variable, ReadOnlySpan<float> rows, long leadSeconds, Span<float> values)
    {
        if (rows.Length != values.Length * ClimateFeatures.Count)
        {
            throw new ArgumentException($"{values.Length} cells need {values.Length * ClimateFeatures.Count} features, but got {rows.Length}.", nameof(rows));
        }

        for (var cell = 0; cell < values.Length; cell++)
        {
            values[cell] = (float)Predict(variable, rows.Slice(cell * ClimateFeatures.Count, ClimateFeatures.Count), leadSeconds);
        }
    }

    internal TreeEnsemble Change(ClimateVariable variable) => _changes[(int)variable];

    /// <summary>Which share of the three-hour change has happened after a lead.</summary>
    internal static double ShareOf(long leadSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leadSeconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leadSeconds, ClimateFeatures.StepSeconds);
        return (double)leadSeconds / ClimateFeatures.StepSeconds;
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"The climate model cannot be used: {problem}.");
        }
    }
}
