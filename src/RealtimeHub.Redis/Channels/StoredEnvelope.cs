using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Numerics;

namespace RealtimeHub.Redis.Channels;

/// <summary>An envelope as it stands in a stream: JSON, spelled as on the wire. What producers outside write as well.</summary>
internal sealed record StoredEnvelope
{
    public string? Type { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    [JsonPropertyName("eventId")]
    public string? EventId { get; init; }

    public JsonPayload Payload { get; init; }

    public string? CorrelationId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RequiresAck { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>What it is the state of.</summary>
    public string? Key { get; init; }

    public IReadOnlyDictionary<string, FloatBlock>? Blocks { get; init; }

    public Care? Care { get; init; }

    public Provenance? Prov { get; init; }

    public Checksums? Checksums { get; init; }

    public StacReferences? Stac { get; init; }

    public static byte[] Encode(Envelope envelope) => JsonSerializer.SerializeToUtf8Bytes(
        new StoredEnvelope
        {
            Type = envelope.Type,
            Timestamp = envelope.Timestamp,
            EventId = envelope.EventId,
            Payload = envelope.Payload,
            CorrelationId = envelope.CorrelationId,
            RequiresAck = envelope.RequiresAck,
            Tags = envelope.Tags,
            Key = envelope.ConflationKey,
            Blocks = envelope.Blocks,
            Care = envelope.Governance?.Care,
            Prov = envelope.Governance?.Prov,
            Checksums = envelope.Governance?.Checksums,
            Stac = envelope.Governance?.Stac,
        },
        StoredEnvelopeJsonContext.Default.StoredEnvelope);

    /// <summary>Reads an envelope; false if it is none. Its place is kept by an empty one, so that offsets stay without a hole.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> json, DateTimeOffset appendedAt, long offset, out Envelope envelope, [NotNullWhen(false)] out Exception? problem)
    {
        problem = null;
        try
        {
            var stored = JsonSerializer.Deserialize(json, StoredEnvelopeJsonContext.Default.StoredEnvelope);
            if (stored?.Type is { Length: > 0 } type)
            {
                envelope = Complete(stored, type, appendedAt, offset);
                return true;
            }

            problem = new JsonException("The type is missing.");
        }
        catch (JsonException exception)
        {
            problem = exception;
        }

        envelope = Empty(appendedAt, offset);
        return false;
    }

    /// <summary>What keeps the place of something that cannot be shown.</summary>
    public static Envelope Empty(DateTimeOffset appendedAt, long offset) =>
        Complete(new StoredEnvelope { Payload = JsonPayload.FromValidUtf8("{}"u8.ToArray()) }, "unreadable", appendedAt, offset);

    private static Envelope Complete(StoredEnvelope stored, string type, DateTimeOffset appendedAt, long offset)
    {
        var envelope = new Envelope
        {
            Type = type,
            Timestamp = stored.Timestamp ?? appendedAt,
            EventId = stored.EventId ?? FormattableString.Invariant($"unnamed-{offset}-{appendedAt.ToUnixTimeMilliseconds()}"),
            Payload = stored.Payload,
            CorrelationId = stored.CorrelationId,
            RequiresAck = stored.RequiresAck,
            Tags = stored.Tags,
            ConflationKey = stored.Key,
            Blocks = stored.Blocks,
        };
        return stored is { Care: { } care, Prov: { } prov, Checksums: { } checksums, Stac: { } stac }
            ? new GovernedEnvelope(envelope, new FrameGovernance(care, prov, checksums, stac)).Envelope
            : envelope;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(StoredEnvelope))]
internal sealed partial class StoredEnvelopeJsonContext : JsonSerializerContext;
