using RealtimeHub.Science.Trees;

namespace RealtimeHub.Science.Climate;

/// <summary>The stored form of a trained climate model, with everything that predictions and explanations need.</summary>
public sealed record ClimateModelFile
{
    /// <summary>The version of this layout that is written and read.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the layout.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The version of the model.</summary>
    public required string Version { get; init; }

    /// <summary>The time from the analysis to what the trees predict, in seconds.</summary>
    public required long StepSeconds { get; init; }

    /// <summary>Names of the features, in the order of a row.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>Units of the features.</summary>
    public required IReadOnlyList<string> FeatureUnits { get; init; }

    /// <summary>Rows that explanations are made against, one after the other; spread over times and places so that the first n are, too.</summary>
    public required IReadOnlyList<float> Background { get; init; }

    /// <summary>The change over one step of each variable, in the order of <see cref="ClimateVariables.All"/>.</summary>
    public required IReadOnlyList<TreeEnsembleModel> Changes { get; init; }

    /// <summary>What the model was made from, and its skill.</summary>
    public required ModelCard Card { get; init; }
}
