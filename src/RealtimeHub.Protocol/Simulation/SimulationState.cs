namespace RealtimeHub.Protocol.Simulation;

/// <summary>The payload of <see cref="SimulationTypes.State"/>. A full field is the frame's block <see cref="FieldBlock"/>.</summary>
public sealed record SimulationState
{
    /// <summary>The name of the block that holds the field.</summary>
    public const string FieldBlock = "field";

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>How many steps were computed.</summary>
    public required long Step { get; init; }

    /// <summary>How many there will be; absent for a run without end.</summary>
    public long? TotalSteps { get; init; }

    /// <summary>0 to 100 %; absent for a run without end.</summary>
    public double? Progress { get; init; }

    /// <summary>The features asked for, by name.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>How many spikes there were so far.</summary>
    public required long GrowthEvents { get; init; }

    /// <summary>The SHA-256 multihash of the observed field, quantised to 16 bits.</summary>
    public required string Checksum { get; init; }

    /// <summary>How the run ended, if this frame was made after that for somebody who came late; absent while it is at work.</summary>
    public string? RunState { get; init; }
}
