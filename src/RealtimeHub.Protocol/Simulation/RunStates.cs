namespace RealtimeHub.Protocol.Simulation;

/// <summary>The states of a run.</summary>
public static class RunStates
{
    /// <summary>At work.</summary>
    public const string Running = "running";

    /// <summary>Stands still, until it is resumed, stepped or stopped.</summary>
    public const string Paused = "paused";

    /// <summary>All steps were computed.</summary>
    public const string Completed = "completed";

    /// <summary>Ended before its last step: on request, or because nobody watched.</summary>
    public const string Stopped = "stopped";

    /// <summary>Ended because it could not go on.</summary>
    public const string Failed = "failed";

    /// <summary>Every state.</summary>
    public static IReadOnlyList<string> All { get; } = [Running, Paused, Completed, Stopped, Failed];

    /// <summary>Whether a run in this state has ended.</summary>
    public static bool IsFinal(string state) => state is Completed or Stopped or Failed;
}
