namespace RealtimeHub.Protocol.Simulation;

/// <summary>Everything that the numbers of a run follow from: whoever computes it again gets the same checksums.</summary>
public sealed record RunRecipe
{
    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>Its version; another version gives other numbers.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Cells per side.</summary>
    public required int GridSize { get; init; }

    /// <summary>From <see cref="EdgeNames"/>.</summary>
    public required string Edges { get; init; }

    /// <summary>How many steps were asked for; absent for a run without end.</summary>
    public long? Steps { get; init; }

    /// <summary>Every parameter it started with.</summary>
    public required IReadOnlyDictionary<string, double> Parameters { get; init; }

    /// <summary>What was changed on the way, in order.</summary>
    public IReadOnlyList<SteeringRecord> Events { get; init; } = [];
}
