using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Workspace;

/// <summary>The payload of <c>blocker_raised</c>. Every member is optional; others are passed on.</summary>
public sealed record BlockerRaised
{
    /// <summary>The blocker.</summary>
    [JsonPropertyName("blockerId")]
    public string? BlockerId { get; init; }

    /// <summary>The spec it blocks.</summary>
    [JsonPropertyName("specId")]
    public string? SpecId { get; init; }

    /// <summary>The agent it blocks.</summary>
    [JsonPropertyName("agentId")]
    public string? AgentId { get; init; }

    /// <summary>How bad it is: <c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</summary>
    [JsonPropertyName("severity")]
    public string? Severity { get; init; }

    /// <summary>What is in the way.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
