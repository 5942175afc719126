namespace RealtimeHub.Protocol.Simulation;

/// <summary>One change of a run, in its place in the order.</summary>
public sealed record SteeringRecord
{
    /// <summary>How many steps were computed before it.</summary>
    public required long Step { get; init; }

    /// <summary>Who made it.</summary>
    public string? By { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The new values.</summary>
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    /// <summary>The spike that was injected.</summary>
    public SpikeInjection? Spike { get; init; }
}
