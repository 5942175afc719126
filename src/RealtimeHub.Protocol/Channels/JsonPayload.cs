using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RealtimeHub.Protocol.Channels;

/// <summary>A JSON value kept as its UTF-8 text: encoded once by whoever made it, copied as it is ever after.</summary>
/// <remarks>Immutable. The default value is JSON <c>null</c>.</remarks>
[JsonConverter(typeof(JsonPayloadConverter))]
public readonly struct JsonPayload : IEquatable<JsonPayload>
{
    private static readonly byte[] NullText = "null"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _utf8;

    private JsonPayload(ReadOnlyMemory<byte> utf8) => _utf8 = utf8;

    /// <summary>The JSON text in UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8.IsEmpty ? NullText : _utf8;

    /// <summary>Encodes a value with its source-generated contract.</summary>
    public static JsonPayload From<T>(T value, JsonTypeInfo<T> typeInfo) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, typeInfo));

    /// <summary>Keeps a copy of an element's own text.</summary>
    public static JsonPayload From(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? default : new(JsonMarshal.GetRawUtf8Value(element).ToArray());

    /// <summary>Takes over text that the caller knows to be one valid JSON value.</summary>
    public static JsonPayload FromValidUtf8(ReadOnlyMemory<byte> utf8) => new(utf8);

    /// <summary>Parses the text into an element that owns its memory.</summary>
    public JsonElement ToElement()
    {
        var reader = new Utf8JsonReader(Utf8.Span);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Decodes the text.</summary>
    /// <exception cref="JsonException">The text has another shape.</exception>
    public T? To<T>(JsonTypeInfo<T> typeInfo) => JsonSerializer.Deserialize(Utf8.Span, typeInfo);

    /// <summary>Whether the text is the same, byte for byte.</summary>
    public bool Equals(JsonPayload other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is JsonPayload other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>The JSON text.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>Whether two texts are the same.</summary>
    public static bool operator ==(JsonPayload left, JsonPayload right) => left.Equals(right);

    /// <summary>Whether two texts differ.</summary>
    public static bool operator !=(JsonPayload left, JsonPayload right) => !left.Equals(right);
}
