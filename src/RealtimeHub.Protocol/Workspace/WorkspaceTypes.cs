namespace RealtimeHub.Protocol.Workspace;

/// <summary>The types of workspace envelopes.</summary>
public static class WorkspaceTypes
{
    /// <summary>An agent works, waits or has stopped.</summary>
    public const string AgentStatusChanged = "agent_status_changed";

    /// <summary>A line of a log.</summary>
    public const string LogEntry = "log_entry";

    /// <summary>A spec has changed.</summary>
    public const string SpecUpdated = "spec_updated";

    /// <summary>A task is done.</summary>
    public const string TaskCompleted = "task_completed";

    /// <summary>Something keeps the work from going on.</summary>
    public const string BlockerRaised = "blocker_raised";

    /// <summary>Every type.</summary>
    public static IReadOnlyList<string> All { get; } = [AgentStatusChanged, LogEntry, SpecUpdated, TaskCompleted, BlockerRaised];
}
