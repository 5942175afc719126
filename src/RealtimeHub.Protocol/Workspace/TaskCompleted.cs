using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Workspace;

/// <summary>The payload of <c>task_completed</c>. Every member is optional; others are passed on.</summary>
public sealed record TaskCompleted
{
    /// <summary>The task.</summary>
    [JsonPropertyName("taskId")]
    public string? TaskId { get; init; }

    /// <summary>The spec it belongs to.</summary>
    [JsonPropertyName("specId")]
    public string? SpecId { get; init; }

    /// <summary>Who did it.</summary>
    [JsonPropertyName("agentId")]
    public string? AgentId { get; init; }

    /// <summary>What came of it, for people.</summary>
    [JsonPropertyName("result")]
    public string? Result { get; init; }
}
