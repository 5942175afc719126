namespace RealtimeHub.Protocol.Simulation;

/// <summary>Computes some steps of a run and leaves it paused.</summary>
public sealed record StepRunRequest : RunRequest
{
    /// <summary>How many steps, 1 to 1,000. Default 1.</summary>
    public int? Steps { get; init; }
}
