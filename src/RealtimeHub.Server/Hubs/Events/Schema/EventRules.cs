using System.Text.Json;

namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>What follows from an event's type and payload. Pure.</summary>
internal static class EventRules
{
    /// <summary>The only type that asks for acknowledgement; a critical alert does not.</summary>
    public const string SecurityEvent = "event";

    /// <summary>The least score that asks for acknowledgement. Below the critical band on purpose: both come from the sources.</summary>
    public const int AckScore = 80;

    /// <summary>Whether every consumer has to acknowledge an event: a security event with a score of 80 or more, or of critical level.</summary>
    /// <remarks>Reads the level in any case, and takes payloads that are no object.</remarks>
    public static bool RequiresAck(string canonicalType, JsonElement payload) =>
        canonicalType == SecurityEvent
        && payload.ValueKind == JsonValueKind.Object
        && (HasScore(payload, AckScore) || HasLevel(payload, SeverityBands.Critical));

    /// <summary>The flat facts that filters look at: the channel of the registry, and what the payload says of place and severity.</summary>
    public static IReadOnlyDictionary<string, string> Tags(EventType type, JsonElement payload) => EventTags.Of(type, payload);

    /// <summary>What the event is the state of: of several with one key only the newest matters. Nothing for what happened once.</summary>
    public static string? ConflationKey(EventType type, JsonElement payload) => type.Conflation?.KeyOf(payload);

    private static bool HasScore(JsonElement payload, int least) =>
        payload.TryGetProperty("risk_score", out var score)
        && score.ValueKind == JsonValueKind.Number
        && score.TryGetDouble(out var number)
        && number >= least;

    private static bool HasLevel(JsonElement payload, string wanted) =>
        payload.TryGetProperty("risk_level", out var level)
        && level.ValueKind == JsonValueKind.String
        && wanted.Equals(level.GetString(), StringComparison.OrdinalIgnoreCase);
}
