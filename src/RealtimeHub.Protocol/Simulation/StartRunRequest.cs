using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Simulation;

/// <summary>Starts a run of the caller's own. Without <see cref="Steps"/> it goes on until it is stopped or nobody watches.</summary>
public sealed record StartRunRequest : HubRequest, IRunParameters
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

    /// <summary>Every how many steps the run's own channel has a frame, 1 to 100. Default 1.</summary>
    public int? UpdateIntervalSteps { get; init; }

    /// <summary>Whether it waits for <c>ResumeRun</c> or <c>StepRun</c> before its first step. Default false.</summary>
    public bool? StartPaused { get; init; }

    /// <summary>Whether it is in no list and no job, such as a run that only checks another; whoever knows its id may join it. Default false.</summary>
    public bool? Unlisted { get; init; }
}
