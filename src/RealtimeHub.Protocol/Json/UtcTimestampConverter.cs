using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Json;

/// <summary>Instants on the wire: ISO 8601, UTC, <c>Z</c>, milliseconds. Reads any ISO 8601 instant; without an offset it is UTC.</summary>
public sealed class UtcTimestampConverter : JsonConverter<DateTimeOffset>
{
    internal const int MaxLength = 24;

    private const string WireFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var value))
        {
            return value;
        }

        throw new JsonException("Expected an ISO 8601 instant such as 2026-01-31T12:00:00.000Z.");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        writer.WriteStringValue(text[..Format(value, text)]);
    }

    /// <summary>Reads an instant as the wire writes it, or any other ISO 8601 form.</summary>
    public static bool TryParse(string? text, out DateTimeOffset value)
    {
        value = default;
        return text is { Length: >= 10 and <= 40 }
            && text[4] == '-'
            && DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);
    }

    /// <summary>Writes an instant as the wire does.</summary>
    public static string ToText(DateTimeOffset value) => value.UtcDateTime.ToString(WireFormat, CultureInfo.InvariantCulture);

    /// <summary>Writes an instant as the wire does, in UTF-8; the number of bytes.</summary>
    internal static int Format(DateTimeOffset value, Span<byte> text)
    {
        value.UtcDateTime.TryFormat(text, out var written, WireFormat, CultureInfo.InvariantCulture);
        return written;
    }
}
