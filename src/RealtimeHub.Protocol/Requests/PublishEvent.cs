using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Protocol.Requests;

/// <summary>One event as a producer sends it: a line of NDJSON, the body of a POST, an item of an upload stream.</summary>
public sealed record PublishEvent : HubRequest
{
    /// <summary>What it is; dotted names are canonical, underscores mean the same.</summary>
    public string? Type { get; init; }

    /// <summary>The content, an object.</summary>
    public JsonPayload? Payload { get; init; }

    /// <summary>When it happened, UTC. Default: when the server received it.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Unique and stable, 1 to 100 characters. Default: made by the server.</summary>
    [JsonPropertyName("eventId")]
    public string? EventId { get; init; }

    /// <summary>What it answers or belongs to, at most 100 characters.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Flat facts that filters look at: at most 16, names up to 50 characters, values up to 200.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
