namespace RealtimeHub.Protocol.Simulation;

/// <summary>The payload of <see cref="SimulationTypes.Complete"/>, the last frame of every channel of a run.</summary>
public sealed record SimulationComplete
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>How it ended: a final one of <see cref="RunStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why, if not because all steps were computed.</summary>
    public string? Reason { get; init; }

    /// <summary>How many steps were computed.</summary>
    public required long Step { get; init; }

    /// <summary>How many there should have been; absent for a run without end.</summary>
    public long? TotalSteps { get; init; }

    /// <summary>All features after the last step.</summary>
    public required IReadOnlyDictionary<string, double> FinalMetrics { get; init; }

    /// <summary>How many spikes there were.</summary>
    public required long GrowthEvents { get; init; }

    /// <summary>The length in cells of the waves that hold most of the activator's power, where the model has one.</summary>
    public double? MeasuredWavelength { get; init; }

    /// <summary>The SHA-256 multihash of the observed field, quantised to 16 bits.</summary>
    public required string Checksum { get; init; }

    /// <summary>Everything that the numbers follow from.</summary>
    public required RunRecipe Recipe { get; init; }
}
