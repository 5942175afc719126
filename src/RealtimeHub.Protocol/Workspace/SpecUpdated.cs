using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Workspace;

/// <summary>The payload of <c>spec_updated</c>. Every member is optional; others are passed on.</summary>
public sealed record SpecUpdated
{
    /// <summary>The spec.</summary>
    [JsonPropertyName("specId")]
    public string? SpecId { get; init; }

    /// <summary>Its version after the change.</summary>
    [JsonPropertyName("version")]
    public long? Version { get; init; }

    /// <summary>Who changed it.</summary>
    [JsonPropertyName("updatedBy")]
    public string? UpdatedBy { get; init; }

    /// <summary>What has changed, for people.</summary>
    [JsonPropertyName("summary")]
    public string? Summary { get; init; }
}
