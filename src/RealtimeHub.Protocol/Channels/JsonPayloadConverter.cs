using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Channels;

internal sealed class JsonPayloadConverter : JsonConverter<JsonPayload>
{
    public override bool HandleNull => true;

    public override JsonPayload Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonPayload.From(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, JsonPayload value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}
