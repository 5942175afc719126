using System.Text.Json;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Server.Hubs.Binding;

/// <summary>The wire's JSON settings with lenient requests, as the server reads.</summary>
internal static class LenientJson
{
    /// <summary>Settings for reading outside SignalR; frozen.</summary>
    public static JsonSerializerOptions Options { get; } = Frozen();

    /// <summary>Applies them to a host's own options.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        RealtimeJson.Configure(options);
        options.Converters.Add(new LenientRequestConverterFactory(RealtimeJson.Options));
    }

    private static JsonSerializerOptions Frozen()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly();
        return options;
    }
}
