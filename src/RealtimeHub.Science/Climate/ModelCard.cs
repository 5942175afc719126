using RealtimeHub.Science.Trees;

namespace RealtimeHub.Science.Climate;

/// <summary>What a trained climate model was made from, and what it can and cannot do.</summary>
public sealed record ModelCard
{
    /// <summary>The version of the model.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the training data.</summary>
    public required string DataName { get; init; }

    /// <summary>Hash of the training data, with the name of the algorithm in front.</summary>
    public required string DataHash { get; init; }

    /// <summary>What a reader has to know about the training data, one sentence each.</summary>
    public required IReadOnlyList<string> DataNotes { get; init; }

    /// <summary>Rows and columns of the training grid.</summary>
    public required string Grid { get; init; }

    /// <summary>Valid times of the analyses, in ISO 8601.</summary>
    public required IReadOnlyList<string> Times { get; init; }

    /// <summary>Times that were held out, one after the other, to measure skill.</summary>
    public required IReadOnlyList<string> HeldOutTimes { get; init; }

    /// <summary>How many bands of longitude were held out, one after the other.</summary>
    public required int HeldOutBands { get; init; }

    /// <summary>How the trees of each variable were grown.</summary>
    public required TreeTrainingOptions Options { get; init; }

    /// <summary>How many rows each variable was trained on.</summary>
    public required int Rows { get; init; }

    /// <summary>How many background rows explanations are made against.</summary>
    public required int BackgroundRows { get; init; }

    /// <summary>Skill at times that training had not seen: each time, then all together, per variable.</summary>
    public required IReadOnlyList<ClimateSkill> UnseenTimes { get; init; }

    /// <summary>Skill at places that training had not seen, at hours that it had seen; one line per variable.</summary>
    public required IReadOnlyList<ClimateSkill> UnseenPlaces { get; init; }
}
