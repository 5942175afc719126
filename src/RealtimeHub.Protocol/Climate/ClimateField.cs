namespace RealtimeHub.Protocol.Climate;

/// <summary>What the block of the same name holds.</summary>
public sealed record ClimateField
{
    /// <summary>The unit, as CF spells it.</summary>
    public required string Units { get; init; }

    /// <summary>Where the values come from, from <see cref="ValueOrigins"/>.</summary>
    public required string Origin { get; init; }

    /// <summary>The source's own time that they come from.</summary>
    public required DateTimeOffset AnalysisTime { get; init; }

    /// <summary>How long after that they are valid; 0 for the source's own.</summary>
    public required long LeadSeconds { get; init; }

    /// <summary>What the values are multiples of.</summary>
    public required double Quantum { get; init; }

    /// <summary>The smallest value; absent where all are missing.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest value.</summary>
    public double? Max { get; init; }

    /// <summary>The mean of the values that are there.</summary>
    public double? Mean { get; init; }

    /// <summary>How many values are missing or concealed.</summary>
    public int Missing { get; init; }

    /// <summary>The levels of the first dimension, where it has levels.</summary>
    public IReadOnlyList<double>? Levels { get; init; }

    /// <summary>The unit of the levels.</summary>
    public string? LevelUnits { get; init; }

    /// <summary>What it is, for drivers: the definition that was implemented.</summary>
    public string? Definition { get; init; }
}
