namespace RealtimeHub.Science.Simulation;

/// <summary>Everything that the bits of a run follow from.</summary>
/// <param name="Model">The model.</param>
/// <param name="Seed">The seed of all its random numbers.</param>
/// <param name="GridSize">Cells per side.</param>
/// <param name="Edges">What lies beyond the edges.</param>
/// <param name="Parameters">The parameters it starts with.</param>
public sealed record SimulationRecipe(ISimulationModel Model, ulong Seed, int GridSize, EdgeKind Edges, ParameterSet Parameters)
{
    /// <summary>The smallest grid.</summary>
    public const int MinGridSize = 4;

    /// <summary>The largest grid.</summary>
    public const int MaxGridSize = 8_192;

    /// <summary>What was changed on the way, in order.</summary>
    public IReadOnlyList<SteeringEvent> Events { get; init; } = [];
}
