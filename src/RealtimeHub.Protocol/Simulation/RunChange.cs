namespace RealtimeHub.Protocol.Simulation;

/// <summary>The payload of <see cref="SimulationTypes.Steered"/>, <see cref="SimulationTypes.Paused"/> and <see cref="SimulationTypes.Resumed"/>.</summary>
public sealed record RunChange
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>How many steps were computed before it.</summary>
    public required long Step { get; init; }

    /// <summary>Who did it.</summary>
    public required string By { get; init; }

    /// <summary>What was steered.</summary>
    public SteeringRecord? Change { get; init; }
}
