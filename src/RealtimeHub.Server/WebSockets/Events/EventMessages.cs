using System.Text;
using System.Text.Json;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>The messages of the events dialect that are no frames, and what is read from those of clients. Pure.</summary>
internal static class EventMessages
{
    private const int PreviewLength = 100;

    private static readonly string[] FilteringTypes = ["ping", "pong", "subscribe", "unsubscribe", "resync"];
    private static readonly string[] PlainTypes = ["ping", "pong", "resync"];

    public static byte[] Pong { get; } = "{\"type\":\"pong\"}"u8.ToArray();

    public static byte[] Ping(long lastSeq) => DialectJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "ping");
        writer.WriteNumber("lastSeq", lastSeq);
        writer.WriteEndObject();
    });

    public static byte[] Action(string action, IEnumerable<string> events) => DialectJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("action", action);
        List(writer, "events", events);
        writer.WriteEndObject();
    });

    public static byte[] Resynced(string channel, long last, int replayed, long? oldest) => DialectJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "resync_ack");
        writer.WriteString("channel", channel);
        writer.WriteNumber("last_sequence", last);
        writer.WriteNumber("replayed_count", replayed);
        if (oldest is { } number)
        {
            writer.WriteBoolean("gap_too_old", true);
            writer.WriteNumber("oldest_available", number);
        }

        writer.WriteEndObject();
    });

    public static byte[] Refreshed(DateTimeOffset? expires) => DialectJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "token_refreshed");
        if (expires is { } at)
        {
            writer.WriteString("expires_at", DialectJson.Iso(at));
        }

        writer.WriteEndObject();
    });

    /// <summary>The documented form of degraded delivery, for frames that are lost.</summary>
    public static byte[] Degraded(Gap gap, long lastSeq, DateTimeOffset now) => DialectJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "service_status");
        writer.WriteStartObject("data");
        writer.WriteString("service", "event_broadcaster");
        writer.WriteString("status", "degraded");
        writer.WriteString("message", $"{gap.Count} messages were lost: {gap.Reason}.");
        writer.WriteNull("circuit_state");
        writer.WriteNumber("lost_count", gap.Count);
        writer.WriteNumber("last_lost_seq", lastSeq);
        writer.WriteEndObject();
        writer.WriteString("timestamp", DialectJson.Iso(now));
        writer.WriteEndObject();
    });

    public static byte[] Error(string error, string message, Action<Utf8JsonWriter>? details) => DialectJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "error");
        writer.WriteString("error", error);
        writer.WriteString("message", message);
        if (details is not null)
        {
            writer.WriteStartObject("details");
            details(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    public static byte[] InvalidJson(ReadOnlySpan<byte> text)
    {
        var decoded = Encoding.UTF8.GetString(text);
        var preview = decoded.Length <= PreviewLength ? decoded : decoded[..PreviewLength];
        return Error("invalid_json", "Message must be valid JSON", details => details.WriteString("raw_data_preview", preview));
    }

    public static byte[] InvalidFormat(IReadOnlyList<FieldError> errors) => Error("invalid_message_format", "Message does not match expected schema", details =>
    {
        details.WriteStartArray("validation_errors");
        foreach (var error in errors)
        {
            details.WriteStartObject();
            details.WriteStartArray("loc");
            details.WriteStringValue(error.Field);
            details.WriteEndArray();
            details.WriteString("msg", error.Message);
            details.WriteEndObject();
        }

        details.WriteEndArray();
    });

    public static byte[] UnknownType(string type, bool canFilter) => Error(
        "unknown_message_type", $"Unknown message type: {type}", details => List(details, "supported_types", canFilter ? FilteringTypes : PlainTypes));

    /// <summary>A message that was understood and is refused.</summary>
    public static byte[] Validation(ProtocolError error)
    {
        var name = error.Code == ErrorCodes.InvalidRequest.Code ? "validation_error" : error.Code.ToLowerInvariant();
        return Error(name, error.Message, details =>
        {
            if (error.Details?.Errors is [{ } first, ..])
            {
                details.WriteString("field", first.Field);
                if (first.Field.StartsWith("events", StringComparison.Ordinal))
                {
                    details.WritePropertyName("example");
                    details.WriteRawValue("""{"type":"subscribe","data":{"events":["alert.*","camera.status_changed"]}}""");
                }
            }
        });
    }

    public static byte[] TooLarge(long size, int max) => DialectJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "error");
        writer.WriteString("error", $"Message too large ({size} bytes, max {max})");
        writer.WriteEndObject();
    });

    /// <summary>What is wrong with the outer form of a message.</summary>
    public static List<FieldError> FormatErrors(JsonElement message, int maxTypeLength)
    {
        var errors = new List<FieldError>();
        if (message.ValueKind is not JsonValueKind.Object)
        {
            errors.Add(new FieldError("", "A message is an object."));
            return errors;
        }

        if (!message.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String || type.GetString()!.Length is 0 || type.GetString()!.Length > maxTypeLength)
        {
            errors.Add(new FieldError("type", $"type is a text of 1 to {maxTypeLength} characters."));
        }

        if (message.TryGetProperty("data", out var data) && data.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            errors.Add(new FieldError("data", "data is an object or null."));
        }

        return errors;
    }

    /// <summary>The patterns that a message names, in <c>events</c> or <c>channels</c>; null if it names none.</summary>
    public static IReadOnlyList<string>? Patterns(JsonElement message)
    {
        if (!TryMember(message, "events", out var list) && !TryMember(message, "channels", out list))
        {
            return null;
        }

        return list.ValueKind is JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(p => p.ValueKind is JsonValueKind.String ? p.GetString()! : "")]
            : [];
    }

    /// <summary>A whole number of a message, within <c>data</c> or beside it; null if it is none.</summary>
    public static long? Whole(JsonElement message, string name, long? absent = null) =>
        !TryMember(message, name, out var value) ? absent
        : value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    /// <summary>A text of a message, within <c>data</c> or beside it; null if it is none.</summary>
    public static string? TextOf(JsonElement message, string name, string absent) =>
        !TryMember(message, name, out var value) ? absent : value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    // Clients put members into data, as documented, or beside it, as some do.
    private static bool TryMember(JsonElement message, string name, out JsonElement value)
    {
        value = default;
        return (message.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.Object && data.TryGetProperty(name, out value) && value.ValueKind is not JsonValueKind.Null)
            || (message.TryGetProperty(name, out value) && value.ValueKind is not JsonValueKind.Null);
    }

    private static void List(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
