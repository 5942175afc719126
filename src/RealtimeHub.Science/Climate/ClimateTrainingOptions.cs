using RealtimeHub.Science.Trees;

namespace RealtimeHub.Science.Climate;

/// <summary>What the climate model is trained with.</summary>
public sealed record ClimateTrainingOptions
{
    /// <summary>The version the model gets, for instance <c>kfm-climate-v11.2.2</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the training data.</summary>
    public required string DataName { get; init; }

    /// <summary>Hash of the training data, with the name of the algorithm in front.</summary>
    public required string DataHash { get; init; }

    /// <summary>What a reader has to know about the training data, one sentence each; goes into the card. Default none.</summary>
    public IReadOnlyList<string> DataNotes { get; init; } = [];

    /// <summary>How the trees of each variable are grown. By default 100 of depth 4, each on 70 % of the rows and 60 % of the features.</summary>
    public TreeTrainingOptions Trees { get; init; } = new()
    {
        Trees = 100,
        Depth = 4,
        LearningRate = 0.05,
        L2 = 5,
        MinLeafRows = 40,
        RowShare = 0.7,
        FeatureShare = 0.6,
        Seed = 20050807,
    };

    /// <summary>How many background rows are kept for explanations, 1 to 64. Default 64.</summary>
    public int BackgroundRows { get; init; } = 64;

    /// <summary>Into how many bands of longitude the grid is cut to test on places that training has not seen. Default 5.</summary>
    public int Bands { get; init; } = 5;
}
