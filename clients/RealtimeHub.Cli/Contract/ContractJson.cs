using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RealtimeHub.Cli.Contract;

/// <summary>How generated JSON looks: the same on every machine.</summary>
internal static class ContractJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(JsonNode node) => node.ToJsonString(Options) + "\n";

    /// <summary>An object of its members, in their order.</summary>
    public static JsonObject ToObject<T>(this IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode?> value) =>
        new(items.Select(i => KeyValuePair.Create(name(i), value(i))));

    public static JsonArray ToJsonArray(this IEnumerable<string> items) => [.. items.Select(i => (JsonNode)i)];
}
