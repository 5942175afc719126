using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RealtimeHub.Protocol.Json;

/// <summary>JSON settings of the wire, for hubs, clients and HTTP alike.</summary>
public static class RealtimeJson
{
    /// <summary>Settings for clients and HTTP; frozen.</summary>
    public static JsonSerializerOptions Options { get; } = Frozen(new JsonSerializerOptions());

    /// <summary>Applies the wire's settings to a host's own options, with reflection only for types that are not ours.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.MaxDepth = 64;
        options.Converters.Add(new UtcTimestampConverter());
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(RealtimeJsonContext.Default, new DefaultJsonTypeInfoResolver());
    }

    private static JsonSerializerOptions Frozen(JsonSerializerOptions options)
    {
        Configure(options);
        options.MakeReadOnly();
        return options;
    }
}
