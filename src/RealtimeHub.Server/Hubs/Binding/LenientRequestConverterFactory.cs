using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Server.Hubs.Binding;

/// <summary>Reads hub requests member by member, so that a wrong type is an error of ours that names the member, not a failed binding.</summary>
internal sealed class LenientRequestConverterFactory(JsonSerializerOptions inner) : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsSubclassOf(typeof(HubRequest));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(LenientRequestConverter<>).MakeGenericType(typeToConvert), inner)!;
}
