namespace RealtimeHub.Protocol.Simulation;

/// <summary>The payload of <see cref="SimulationTypes.FeatureUpdate"/>.</summary>
public sealed record FeatureUpdate
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>How many steps were computed.</summary>
    public required long Step { get; init; }

    /// <summary>The features asked for, by name.</summary>
    public required IReadOnlyDictionary<string, double> Features { get; init; }

    /// <summary>How the run ended, if this frame was made after that for somebody who came late; absent while it is at work.</summary>
    public string? RunState { get; init; }
}
