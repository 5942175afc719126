using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Protocol.Numerics;

namespace RealtimeHub.Protocol.Channels;

/// <summary>An envelope with its position: what every push carries, the same bytes for every subscriber.</summary>
/// <remarks>Immutable. PROTOCOL.md, rule P1.</remarks>
public sealed record FrameEnvelope
{
    /// <summary>The canonical dotted name of what this is (<c>alert.created</c>).</summary>
    public required string Type { get; init; }

    /// <summary>The channel it was published to.</summary>
    public required string Channel { get; init; }

    /// <summary>The epoch of the channel's log.</summary>
    public required string Epoch { get; init; }

    /// <summary>The offset in the channel's log; starts at 1, rises by exactly 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it happened or was measured, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Unique and stable: redelivery and replay repeat it.</summary>
    [JsonPropertyName("eventId")]
    public required string EventId { get; init; }

    /// <summary>What this answers or belongs to.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>How the payload is encoded; <c>json</c>.</summary>
    public string Encoding { get; init; } = "json";

    /// <summary>Whether every consumer has to acknowledge it.</summary>
    public bool RequiresAck { get; init; }

    /// <summary>Flat facts that filters look at.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The content.</summary>
    public JsonPayload Payload { get; init; }

    /// <summary>What the policy did to the content; on every frame of a governed family.</summary>
    public Care? Care { get; init; }

    /// <summary>Where the content comes from; on every frame of a governed family.</summary>
    public Provenance? Prov { get; init; }

    /// <summary>By what the content can be verified; on every frame of a governed family.</summary>
    public Checksums? Checksums { get; init; }

    /// <summary>Where the content is catalogued; on every frame of a governed family.</summary>
    public StacReferences? Stac { get; init; }

    /// <summary>Large numeric content by name: binary where the protocol can, base64 in JSON.</summary>
    public IReadOnlyDictionary<string, FloatBlock>? Blocks { get; init; }

    /// <summary>Where it stands.</summary>
    [JsonIgnore]
    public StreamPosition Position => new(Epoch, Sequence);
}
