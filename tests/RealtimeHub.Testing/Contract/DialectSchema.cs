using System.Text.Json;

namespace RealtimeHub.Testing.Contract;

/// <summary>The schemas of what plain WebSocket routes send. Thread-safe. Members that no schema names are errors.</summary>
public static class DialectSchema
{
    private static readonly JsonElement Document = JsonSerializer.Deserialize<JsonElement>(
        File.ReadAllText(Path.Combine(WorkTree.Root, "tests", "vectors", "dialects", "schema.json")));

    private static readonly SchemaValidator Validator = new(Document);

    /// <summary>What is wrong with a message of a route.</summary>
    public static IReadOnlyList<string> Message(string path, JsonElement message)
    {
        var dialect = path switch
        {
            "/ws" => "workspace",
            "/ws/climate" => "climate",
            "/ws/stream_features" or "/ws/simulation_live" or "/ws/heartbeat" => "simulation",
            _ => "events",
        };
        var type = message.TryGetProperty("type", out var given) ? given.GetString()! : "action";
        var name = $"{dialect}:{type}";

        // Events have one form for all types that have none of their own.
        return !Validator.TryGetType(name, out var schema) && (dialect != "events" || !Validator.TryGetType("events:*", out schema))
            ? [$"{name} has no schema"]
            : [.. Validator.Validate(schema, message).Select(e => $"{name}: {e}")];
    }
}
