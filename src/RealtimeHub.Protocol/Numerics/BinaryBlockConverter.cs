using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Numerics;

internal sealed class BinaryBlockConverter : JsonConverter<BinaryBlock>
{
    public override BinaryBlock Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes)
            ? new BinaryBlock(bytes)
            : throw new JsonException("Expected bytes as base64.");

    public override void Write(Utf8JsonWriter writer, BinaryBlock value, JsonSerializerOptions options) => writer.WriteStringValue(value.Base64);
}
