using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeHub.Tests.Engine.Hubs;

/// <summary>An argument that counts how often it is serialised.</summary>
[JsonConverter(typeof(Converter))]
internal sealed class CountedText(string text)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    private sealed class Converter : JsonConverter<CountedText>
    {
        public override CountedText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, CountedText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Next());
    }

    private string Next()
    {
        Interlocked.Increment(ref _count);
        return text;
    }
}
