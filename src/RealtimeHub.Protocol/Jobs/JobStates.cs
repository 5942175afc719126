namespace RealtimeHub.Protocol.Jobs;

/// <summary>The states of a job.</summary>
public static class JobStates
{
    /// <summary>Known, not started.</summary>
    public const string Pending = "pending";

    /// <summary>At work.</summary>
    public const string Running = "running";

    /// <summary>Ended well.</summary>
    public const string Completed = "completed";

    /// <summary>Ended badly.</summary>
    public const string Failed = "failed";

    /// <summary>Ended on request.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Every state.</summary>
    public static IReadOnlyList<string> All { get; } = [Pending, Running, Completed, Failed, Cancelled];

    /// <summary>Whether a job in this state has ended.</summary>
    public static bool IsFinal(string state) => state is Completed or Failed or Cancelled;
}
