using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Workspace;

/// <summary>The payload of <c>log_entry</c>. Every member is optional; others are passed on.</summary>
public sealed record LogEntry
{
    /// <summary>The agent that says it.</summary>
    [JsonPropertyName("agentId")]
    public string? AgentId { get; init; }

    /// <summary>The spec it is about.</summary>
    [JsonPropertyName("specId")]
    public string? SpecId { get; init; }

    /// <summary>One of <c>debug</c>, <c>info</c>, <c>warning</c> and <c>error</c>.</summary>
    [JsonPropertyName("level")]
    public string? Level { get; init; }

    /// <summary>The line.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
