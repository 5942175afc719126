using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Server.WebSockets;

/// <summary>JSON as the dialects spell it: compact, text as it is. Pure.</summary>
internal static class DialectJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonSerializerOptions Serializer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a text.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The text of a node.</summary>
    public static byte[] Of(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString(Serializer));

    /// <summary>A text as a JSON string, quotes included.</summary>
    public static byte[] Quoted(string text) => JsonSerializer.SerializeToUtf8Bytes(text, Serializer);

    /// <summary>An instant as everything but the simulation's dialect spells it.</summary>
    public static string Iso(DateTimeOffset time) => UtcTimestampConverter.ToText(time);

    /// <summary>As much of a text as fits into so many bytes of UTF-8.</summary>
    public static string Cut(string text, int maxBytes)
    {
        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    /// <summary>The text of a member; null if it has none.</summary>
    public static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
