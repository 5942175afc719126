using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RealtimeHub.Tests.Server.Provenance;

/// <summary>Checks documents against the JSON Schemas (draft 7) of tests/vectors/schemas. A keyword that it does not know fails the test, so that nothing passes unchecked.</summary>
internal static class JsonSchemas
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "vectors/schemas");

    private static readonly HashSet<string> Annotations =
        ["$schema", "$id", "$comment", "title", "description", "definitions", "default", "examples", "deprecated", "then", "else", "contentMediaType"];

    private static readonly ConcurrentDictionary<string, JsonElement> Files = new();

    /// <summary>What is wrong with a document; empty if nothing is.</summary>
    public static IReadOnlyList<string> Problems(string file, JsonElement document)
    {
        var problems = new List<string>();
        Check(new Place(Path.Combine(Root, file), Load(Path.Combine(Root, file))), document, "", problems);
        return problems;
    }

    private static JsonElement Load(string path) => Files.GetOrAdd(path, p =>
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(p));
        return json.RootElement.Clone();
    });

    private static bool Fits(Place schema, JsonElement value)
    {
        var problems = new List<string>();
        Check(schema, value, "", problems);
        return problems.Count == 0;
    }

    private static void Check(Place schema, JsonElement value, string at, List<string> problems)
    {
        if (schema.Schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            Need(schema.Schema.ValueKind is JsonValueKind.True, at, "nothing is allowed here", problems);
            return;
        }

        if (schema.Schema.TryGetProperty("$ref", out var reference))
        {
            if (schema.Resolve(reference.GetString()!) is { } target)
            {
                Check(target, value, at, problems);
            }

            return;
        }

        foreach (var keyword in schema.Schema.EnumerateObject().Where(k => !Annotations.Contains(k.Name)))
        {
            if (!CheckValue(schema, keyword, value, at, problems) && !CheckObject(schema, keyword, value, at, problems) && !CheckArray(schema, keyword, value, at, problems))
            {
                throw new NotSupportedException($"The keyword {keyword.Name} of {schema.File} is not known.");
            }
        }
    }

    private static bool CheckValue(Place schema, JsonProperty keyword, JsonElement value, string at, List<string> problems)
    {
        var rule = keyword.Value;
        switch (keyword.Name)
        {
            case "type":
                Need(rule.ValueKind is JsonValueKind.Array ? rule.EnumerateArray().Any(t => IsOfType(t.GetString()!, value)) : IsOfType(rule.GetString()!, value), at, $"is no {rule}", problems);
                return true;
            case "const":
                Need(JsonElement.DeepEquals(rule, value), at, $"is not {rule}", problems);
                return true;
            case "enum":
                Need(rule.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)), at, $"is none of {rule}", problems);
                return true;
            case "pattern":
                Need(value.ValueKind is not JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!), at, $"does not match {rule}", problems);
                return true;
            case "format":
                Need(value.ValueKind is not JsonValueKind.String || HasFormat(rule.GetString()!, value.GetString()!), at, $"is no {rule}", problems);
                return true;
            case "minLength":
                Need(value.ValueKind is not JsonValueKind.String || value.GetString()!.Length >= rule.GetInt32(), at, "is too short", problems);
                return true;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                Need(value.ValueKind is not JsonValueKind.Number || IsInRange(keyword.Name, value.GetDouble(), rule.GetDouble()), at, $"is out of range: {keyword.Name} {rule}", problems);
                return true;
            case "allOf":
                rule.EnumerateArray().ToList().ForEach(s => Check(schema.With(s), value, at, problems));
                return true;
            case "anyOf":
                Need(rule.EnumerateArray().Any(s => Fits(schema.With(s), value)), at, "fits none of anyOf", problems);
                return true;
            case "oneOf":
                Need(rule.EnumerateArray().Count(s => Fits(schema.With(s), value)) == 1, at, "does not fit exactly one of oneOf", problems);
                return true;
            case "not":
                Need(!Fits(schema.With(rule), value), at, "fits what it must not", problems);
                return true;
            case "if":
                if (schema.Schema.TryGetProperty(Fits(schema.With(rule), value) ? "then" : "else", out var branch))
                {
                    Check(schema.With(branch), value, at, problems);
                }

                return true;
            default:
                return false;
        }
    }

    private static bool CheckObject(Place schema, JsonProperty keyword, JsonElement value, string at, List<string> problems)
    {
        var (rule, isObject) = (keyword.Value, value.ValueKind is JsonValueKind.Object);
        switch (keyword.Name)
        {
            case "required":
                Need(!isObject || rule.EnumerateArray().All(n => value.TryGetProperty(n.GetString()!, out _)), at, $"lacks one of {rule}", problems);
                return true;
            case "minProperties":
                Need(!isObject || value.EnumerateObject().Count() >= rule.GetInt32(), at, "has too few members", problems);
                return true;
            case "dependencies":
                foreach (var dependency in rule.EnumerateObject().Where(d => isObject && value.TryGetProperty(d.Name, out _)))
                {
                    if (dependency.Value.ValueKind is JsonValueKind.Array)
                    {
                        Need(dependency.Value.EnumerateArray().All(n => value.TryGetProperty(n.GetString()!, out _)), at, $"has {dependency.Name} without what it needs", problems);
                    }
                    else
                    {
                        Check(schema.With(dependency.Value), value, at, problems);
                    }
                }

                return true;
            case "properties" or "patternProperties":
                foreach (var member in isObject ? value.EnumerateObject().ToList() : [])
                {
                    foreach (var property in rule.EnumerateObject().Where(p => keyword.Name == "properties" ? p.Name == member.Name : Regex.IsMatch(member.Name, p.Name)))
                    {
                        Check(schema.With(property.Value), member.Value, $"{at}/{member.Name}", problems);
                    }
                }

                return true;
            case "additionalProperties":
                foreach (var member in isObject ? value.EnumerateObject().Where(m => !schema.Names(m.Name)).ToList() : [])
                {
                    Check(schema.With(rule), member.Value, $"{at}/{member.Name}", problems);
                }

                return true;
            case "propertyNames":
                foreach (var member in isObject ? value.EnumerateObject().ToList() : [])
                {
                    Check(schema.With(rule), JsonSerializer.SerializeToElement(member.Name), $"{at}/{member.Name}", problems);
                }

                return true;
            default:
                return false;
        }
    }

    private static bool CheckArray(Place schema, JsonProperty keyword, JsonElement value, string at, List<string> problems)
    {
        var rule = keyword.Value;
        var items = value.ValueKind is JsonValueKind.Array ? value.EnumerateArray().ToList() : null;
        switch (keyword.Name)
        {
            case "minItems" or "maxItems":
                Need(items is null || (keyword.Name == "minItems" ? items.Count >= rule.GetInt32() : items.Count <= rule.GetInt32()), at, $"has {items?.Count} items: {keyword.Name} {rule}", problems);
                return true;
            case "uniqueItems":
                Need(items is null || items.Select(i => i.GetRawText()).Distinct().Count() == items.Count, at, "has an item twice", problems);
                return true;
            case "contains":
                Need(items is null || items.Exists(i => Fits(schema.With(rule), i)), at, "lacks an item", problems);
                return true;
            case "items":
                for (var i = 0; i < items?.Count; i++)
                {
                    if (rule.ValueKind is not JsonValueKind.Array || i < rule.GetArrayLength())
                    {
                        Check(schema.With(rule.ValueKind is JsonValueKind.Array ? rule[i] : rule), items[i], $"{at}/{i}", problems);
                    }
                }

                return true;
            default:
                return false;
        }
    }

    private static void Need(bool holds, string at, string problem, List<string> problems)
    {
        if (!holds)
        {
            problems.Add($"{(at.Length == 0 ? "/" : at)} {problem}");
        }
    }

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && Math.Floor(value.GetDouble()) == value.GetDouble(),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind is JsonValueKind.Null,
        _ => throw new NotSupportedException($"The type {type} is not known."),
    };

    private static bool IsInRange(string keyword, double value, double bound) => keyword switch
    {
        "minimum" => value >= bound,
        "maximum" => value <= bound,
        "exclusiveMinimum" => value > bound,
        _ => value < bound,
    };

    private static bool HasFormat(string format, string text) => format switch
    {
        "date-time" => Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$") && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "iri" or "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "iri-reference" or "uri-reference" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        _ => throw new NotSupportedException($"The format {format} is not known."),
    };

    // A schema and the file it stands in, by which its references are resolved.
    private readonly record struct Place(string File, JsonElement Schema)
    {
        public Place With(JsonElement part) => this with { Schema = part };

        public bool Names(string member) =>
            (Schema.TryGetProperty("properties", out var named) && named.TryGetProperty(member, out _))
            || (Schema.TryGetProperty("patternProperties", out var patterns) && patterns.EnumerateObject().Any(p => Regex.IsMatch(member, p.Name)));

        // Relative references stay in one folder; GeoJSON's have a folder of their own; the schema of schemas says nothing of data.
        public Place? Resolve(string reference)
        {
            var (path, fragment) = reference.Split('#') is [var p, var f] ? (p, f) : (reference, "");
            if (path == "http://json-schema.org/draft-07/schema")
            {
                return null;
            }

            var name = path[(path.LastIndexOf('/') + 1)..];
            var file = path.Length == 0 ? File
                : path.StartsWith("https://geojson.org/schema/", StringComparison.Ordinal) ? Path.Combine(Root, "geojson", name)
                : path.StartsWith("http", StringComparison.Ordinal) ? throw new NotSupportedException($"{path} is not at hand.")
                : Path.Combine(Path.GetDirectoryName(File)!, name);
            var schema = Load(file);
            foreach (var step in fragment.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                schema = schema.GetProperty(step);
            }

            return new Place(file, schema);
        }
    }
}
