namespace RealtimeHub.Protocol.Simulation;

/// <summary>Asks for a run by its parameters; equal requests share one run. A new run starts when there is none.</summary>
public abstract record SimulationRequest : ViewRequest, IRunParameters
{
    /// <inheritdoc />
    public string? Model { get; init; }

    /// <inheritdoc />
    public long? Seed { get; init; }

    /// <inheritdoc />
    public int? GridSize { get; init; }

    /// <inheritdoc />
    public int? Steps { get; init; }

    /// <inheritdoc />
    public double? Alpha { get; init; }

    /// <inheritdoc />
    public double? SpikeProbability { get; init; }

    /// <inheritdoc />
    public bool? TuringEnabled { get; init; }

    /// <inheritdoc />
    public string? Edges { get; init; }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    /// <inheritdoc />
    public double? StepsPerSecond { get; init; }
}
