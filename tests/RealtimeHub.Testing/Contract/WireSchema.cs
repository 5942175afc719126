using System.Text.Json;

namespace RealtimeHub.Testing.Contract;

/// <summary>The committed schema of the wire, and what it says of one message. Thread-safe.</summary>
/// <remarks>Every member of a message is held against it, on every hub; what raw SignalR sends to a target of no hub is not ours.</remarks>
public static class WireSchema
{
    private static readonly JsonElement Document = Load();
    private static readonly SchemaValidator Validator = new(Document);
    private static readonly Dictionary<string, JsonElement> Hubs = Document.GetProperty("hubs").EnumerateObject().ToDictionary(h => h.Name, h => h.Value, StringComparer.Ordinal);

    /// <summary>The paths of the hubs.</summary>
    public static IReadOnlyCollection<string> Paths => Hubs.Keys;

    /// <summary>What is wrong with the argument of a push.</summary>
    /// <param name="path">The hub's path; null when only the target is known.</param>
    /// <param name="target">The client method.</param>
    /// <param name="argument">Its argument.</param>
    public static IReadOnlyList<string> Push(string? path, string target, JsonElement argument) =>
        Find(path, "pushes", target, "argument") is { } schema ? Named($"{path} {target}", schema, argument) : [];

    /// <summary>What is wrong with the result of a method, or with one item of its stream.</summary>
    public static IReadOnlyList<string> Answer(string path, string method, JsonElement answer, bool isItem) =>
        Find(path, "methods", method, isItem ? "item" : "result") is { } schema ? Named($"{path} {method}", schema, answer) : [];

    /// <summary>What is wrong with a request of ours.</summary>
    public static IReadOnlyList<string> Request(string path, string method, JsonElement request) =>
        Find(path, "methods", method, "request") is { } schema ? Named($"{path} {method}", schema, request) : [];

    /// <summary>What is wrong with a value of a type; nothing where the type is not on the wire.</summary>
    public static IReadOnlyList<string> Type(string type, JsonElement value) =>
        Validator.TryGetType(type, out var schema) ? Named(type, schema, value) : [];

    private static IReadOnlyList<string> Named(string what, JsonElement schema, JsonElement value) => [.. Validator.Validate(schema, value).Select(e => $"{what}: {e}")];

    private static JsonElement? Find(string? path, string part, string name, string message)
    {
        foreach (var (hub, contract) in Hubs)
        {
            if ((path is null || hub == path)
                && contract.GetProperty(part).TryGetProperty(name, out var entry)
                && entry.TryGetProperty(message, out var schema))
            {
                return schema;
            }
        }

        return null;
    }

    private static JsonElement Load()
    {
        using var stream = typeof(WireSchema).Assembly.GetManifestResourceStream("schema.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
