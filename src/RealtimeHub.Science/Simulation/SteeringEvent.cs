namespace RealtimeHub.Science.Simulation;

/// <summary>A change of a run at work, in its place in the order: after a step was computed and before the next.</summary>
/// <param name="Step">The number of steps computed before it.</param>
public sealed record SteeringEvent(long Step)
{
    /// <summary>New values of parameters that can be steered.</summary>
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    /// <summary>A spike that is injected.</summary>
    public Spike? Spike { get; init; }
}
