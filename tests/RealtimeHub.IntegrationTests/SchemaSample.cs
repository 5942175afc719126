using System.Text.Json;
using System.Text.Json.Nodes;

namespace RealtimeHub.IntegrationTests;

/// <summary>Makes values that fit the contract's schemas, with every member there is.</summary>
internal sealed class SchemaSample(JsonElement document)
{
    /// <summary>The sample of bytes.</summary>
    public const string Base64 = "AACAPwAAAEA=";

    private const string Digest = "1220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string DefinitionPrefix = "#/$defs/";

    // Types that hold themselves are filled in this deep.
    private const int MaxDepth = 6;

    /// <summary>One value for every variant of a schema: one, unless it is a union.</summary>
    public IEnumerable<JsonNode> All(JsonElement schema)
    {
        var target = Resolve(schema);
        return target.TryGetProperty("oneOf", out var variants)
            ? variants.EnumerateArray().Select((_, index) => Of(schema, 0, index)!)
            : [Of(schema, 0, 0)!];
    }

    private JsonElement Resolve(JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? Resolve(document.GetProperty("$defs").GetProperty(reference.GetString()![DefinitionPrefix.Length..]))
        : schema;

    private JsonNode? Of(JsonElement schema, int depth, int variant)
    {
        var target = Resolve(schema);
        if (target.TryGetProperty("enum", out var values))
        {
            return values[values.GetArrayLength() - 1].GetString();
        }

        if (target.TryGetProperty("anyOf", out var any))
        {
            return Of(any[0], depth, 0);
        }

        if (!target.TryGetProperty("type", out var type))
        {
            return JsonNode.Parse("""{"free":[1,-2.5,null,true,"é€"],"nested":{"large":9007199254740991}}""");
        }

        return type.GetString() switch
        {
            "string" => target.TryGetProperty("format", out _) ? "2026-11-21T02:19:01.077Z"
                : target.TryGetProperty("contentEncoding", out _) ? Base64
                : "text é€",
            "boolean" => true,
            "integer" => target.GetProperty("format").GetString() == "int32" ? -70_000 : 9_007_199_254_740_991L,
            "number" => -1.5,
            "array" => depth > MaxDepth ? new JsonArray() : new JsonArray(Of(target.GetProperty("items"), depth + 1, 0), Of(target.GetProperty("items"), depth + 1, 0)),
            _ => Object(target, depth, variant),
        };
    }

    private JsonObject Object(JsonElement schema, int depth, int variant)
    {
        if (schema.TryGetProperty("additionalProperties", out var item))
        {
            return new JsonObject { ["a"] = Of(item, depth + 1, 0), ["é"] = Of(item, depth + 1, 0) };
        }

        var variants = schema.TryGetProperty("oneOf", out var union) ? union.EnumerateArray().ToList() : [];
        var excluded = variants.Where((_, index) => index != variant).Select(Value).ToHashSet(StringComparer.Ordinal);
        var sample = new JsonObject();
        foreach (var member in schema.GetProperty("properties").EnumerateObject().Where(m => !excluded.Contains(m.Name)))
        {
            var isNeeded = schema.TryGetProperty("required", out var required) && required.EnumerateArray().Any(r => r.GetString() == member.Name);
            if (isNeeded || depth <= MaxDepth)
            {
                // The schema says text; the type itself takes no other text than a digest.
                sample[member.Name] = member.Name == "multihash" ? Digest : Of(member.Value, depth + 1, 0);
            }
        }

        if (variants.Count > 0)
        {
            sample[variants[variant].GetProperty("properties").EnumerateObject().Single().Name] = Value(variants[variant]);
        }

        return sample;
    }

    private static string Value(JsonElement variant) => variant.GetProperty("properties").EnumerateObject().Single().Value.GetProperty("const").GetString()!;
}
