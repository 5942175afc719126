using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using RealtimeHub.Protocol.Workspace;
using RealtimeHub.Server.Hubs.Events.Schema;
using static RealtimeHub.Server.Hubs.Events.Schema.Field;

namespace RealtimeHub.Server.Hubs.Workspace;

/// <summary>The five types of workspace envelopes. The documents require no member, so none is; those that are known have to fit.</summary>
internal static class WorkspacePayloads
{
    private static readonly FieldRule SpecId = Id("specId").Optional();
    private static readonly FieldRule AgentId = Id("agentId").Optional();
    private static readonly FieldRule Message = Text("message").Optional();

    private static readonly FrozenDictionary<string, EventType> Types = new[]
    {
        Row(WorkspaceTypes.AgentStatusChanged, AgentId, Name("status").Optional(), Name("previousStatus").Optional(), Message),
        Row(WorkspaceTypes.LogEntry, AgentId, SpecId, Name("level").Optional(), Message),
        Row(WorkspaceTypes.SpecUpdated, SpecId, Whole("version", 0).Optional(), Name("updatedBy").Optional(), Text("summary").Optional()),
        Row(WorkspaceTypes.TaskCompleted, Id("taskId").Optional(), SpecId, AgentId, Text("result").Optional()),
        Row(WorkspaceTypes.BlockerRaised, Id("blockerId").Optional(), SpecId, AgentId, Choice("severity", "low", "medium", "high", "critical").Optional(), Message),
    }.ToFrozenDictionary(t => t.CanonicalName);

    /// <summary>Their names, for errors.</summary>
    public static string Names { get; } = string.Join(", ", WorkspaceTypes.All);

    /// <summary>Finds a type by its name; here underscores are the names' own.</summary>
    public static bool TryGet(string? name, [NotNullWhen(true)] out EventType? type)
    {
        type = name is null ? null : Types.GetValueOrDefault(name);
        return type is not null;
    }

    private static EventType Row(string name, params FieldRule[] fields) => new(name, "workspace", null, fields);
}
