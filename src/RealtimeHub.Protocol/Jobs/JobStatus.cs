namespace RealtimeHub.Protocol.Jobs;

/// <summary>What is known of one job.</summary>
public sealed record JobStatus
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>What kind of work it is.</summary>
    public string? JobType { get; init; }

    /// <summary>From <see cref="JobStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>0 to 100 %.</summary>
    public double Progress { get; init; }

    /// <summary>When it started, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The channel of its states and log lines.</summary>
    public required string Channel { get; init; }

    /// <summary>Who published its first event.</summary>
    public string? Owner { get; init; }
}
