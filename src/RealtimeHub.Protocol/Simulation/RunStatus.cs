namespace RealtimeHub.Protocol.Simulation;

/// <summary>What is known of one run.</summary>
public sealed record RunStatus
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The channel of its states.</summary>
    public required string Channel { get; init; }

    /// <summary>The job that it is, in the jobs hub.</summary>
    public required string JobId { get; init; }

    /// <summary>From <see cref="RunStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Its model.</summary>
    public required string Model { get; init; }

    /// <summary>Who started it.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether it belongs to all who ask for the same, so that nobody may steer it.</summary>
    public bool Shared { get; init; }

    /// <summary>Cells per side.</summary>
    public int GridSize { get; init; }

    /// <summary>Its seed.</summary>
    public long Seed { get; init; }

    /// <summary>How many steps were computed.</summary>
    public long Step { get; init; }

    /// <summary>How many there will be; absent for a run without end.</summary>
    public long? TotalSteps { get; init; }

    /// <summary>0 to 100 %; absent for a run without end.</summary>
    public double? Progress { get; init; }

    /// <summary>Its pace.</summary>
    public double StepsPerSecond { get; init; }

    /// <summary>How many streams watch it.</summary>
    public int Viewers { get; init; }

    /// <summary>When it started, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended, if not because all steps were computed.</summary>
    public string? Reason { get; init; }

    /// <summary>What linear analysis says of the model's parameters at the start, where it has such an analysis.</summary>
    public TuringStatement? Turing { get; init; }

    /// <summary>Everything that its numbers follow from, when one run was asked for.</summary>
    public RunRecipe? Recipe { get; init; }
}
