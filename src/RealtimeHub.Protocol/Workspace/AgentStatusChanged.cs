using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Workspace;

/// <summary>The payload of <c>agent_status_changed</c>. Every member is optional; others are passed on.</summary>
public sealed record AgentStatusChanged
{
    /// <summary>The agent.</summary>
    [JsonPropertyName("agentId")]
    public string? AgentId { get; init; }

    /// <summary>What it does now.</summary>
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    /// <summary>What it did before.</summary>
    [JsonPropertyName("previousStatus")]
    public string? PreviousStatus { get; init; }

    /// <summary>A sentence for people.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
