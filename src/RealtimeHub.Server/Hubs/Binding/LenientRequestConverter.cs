using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Server.Hubs.Binding;

/// <summary>Reads one type of request by its contract, one member at a time. Thread-safe.</summary>
/// <remarks>Unknown members are ignored, but for an <see cref="IStrictRequest"/>, where each is an error. A request that is no object at all has one error, on <c>request</c>.</remarks>
internal sealed class LenientRequestConverter<T>(JsonSerializerOptions inner) : JsonConverter<T>
    where T : HubRequest, new()
{
    private static readonly bool IsStrict = typeof(T).IsAssignableTo(typeof(IStrictRequest));

    private readonly Dictionary<string, JsonPropertyInfo> _members =
        inner.GetTypeInfo(typeof(T)).Properties.Where(p => p.Name.Length > 0).ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>A null where an object is wanted is an error of the request too, not a missing request.</summary>
    public override bool HandleNull => true;

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return Bind(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, inner);

    private T Bind(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return new T { BindingErrors = [new FieldError("request", "The request must be an object.", FieldError.Preview(element.GetRawText()), "an object")] };
        }

        List<FieldError>? errors = null;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in element.EnumerateObject())
            {
                if (_members.TryGetValue(member.Name, out var property) && member.Value.ValueKind != JsonValueKind.Null)
                {
                    if (Check(property, member.Value) is { } error)
                    {
                        (errors ??= []).Add(error);
                    }
                    else
                    {
                        member.WriteTo(writer);
                    }
                }
                else if (IsStrict && !_members.ContainsKey(member.Name))
                {
                    (errors ??= []).Add(new FieldError(FieldError.Preview(member.Name), "There is no such member.", null, string.Join(", ", _members.Keys)));
                }
            }

            writer.WriteEndObject();
        }

        var request = (T)JsonSerializer.Deserialize(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), inner.GetTypeInfo(typeof(T)))!;
        request.BindingErrors = errors;
        return request;
    }

    private FieldError? Check(JsonPropertyInfo property, JsonElement value)
    {
        try
        {
            value.Deserialize(inner.GetTypeInfo(property.PropertyType));
            return null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or FormatException)
        {
            var path = (exception as JsonException)?.Path is { Length: > 1 } inside ? inside[1..] : "";
            return new FieldError(property.Name + path, $"{property.Name} must be {Expected(property.PropertyType)}.", FieldError.Preview(value.GetRawText()), Expected(property.PropertyType));
        }
    }

    private static string Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => "a string",
        var t when t == typeof(int) || t == typeof(long) => "a whole number",
        var t when t == typeof(double) => "a number",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(DateTimeOffset) => "an ISO 8601 instant",
        var t when t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => $"a list, each item {Expected(t.GetGenericArguments()[0])}",
        var t when t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) => "an object of strings",
        _ => "an object of the documented shape",
    };
}
