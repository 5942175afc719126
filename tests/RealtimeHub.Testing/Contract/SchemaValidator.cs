using System.Globalization;
using System.Text.Json;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Testing.Contract;

/// <summary>Holds JSON against the part of JSON Schema that the contract uses; members that no schema names are errors. Thread-safe.</summary>
public sealed class SchemaValidator(JsonElement document)
{
    private const string DefinitionPrefix = "#/$defs/";

    private readonly JsonElement _definitions = document.GetProperty("$defs");

    /// <summary>What is wrong with a value, each with its place; nothing if it fits.</summary>
    public IReadOnlyList<string> Validate(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "$", errors);
        return errors;
    }

    /// <summary>The schema of a type, by its name.</summary>
    public bool TryGetType(string name, out JsonElement schema) => _definitions.TryGetProperty(name, out schema);

    private void Check(JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            Check(keyword, schema, value, path, errors);
        }

        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var named) && schema.TryGetProperty("type", out _))
        {
            errors.AddRange(value.EnumerateObject()
                .Where(m => !named.TryGetProperty(m.Name, out _) && !schema.TryGetProperty("additionalProperties", out _))
                .Select(m => $"{path}.{m.Name} is in no schema"));
        }
    }

    private void Check(JsonProperty keyword, JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        switch (keyword.Name)
        {
            case "description" or "contentEncoding" or "title":
                break;
            case "$ref":
                Check(_definitions.GetProperty(keyword.Value.GetString()![DefinitionPrefix.Length..]), value, path, errors);
                break;
            case "type":
                Expect(IsType(keyword.Value.GetString()!, value), $"{path} is no {keyword.Value}: {value}", errors);
                break;
            case "format":
                Expect(IsFormat(keyword.Value.GetString()!, value), $"{path} is no {keyword.Value}: {value}", errors);
                break;
            case "const":
                Expect(JsonElement.DeepEquals(keyword.Value, value), $"{path} is not {keyword.Value}: {value}", errors);
                break;
            case "enum":
                Expect(keyword.Value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)), $"{path} is none of {keyword.Value}: {value}", errors);
                break;
            case "required":
                errors.AddRange(keyword.Value.EnumerateArray().Where(n => !Has(value, n)).Select(n => $"{path}.{n} is missing"));
                break;
            case "items":
                CheckItems(keyword.Value, value, path, errors);
                break;
            case "properties" or "additionalProperties":
                CheckMembers(keyword, schema, value, path, errors);
                break;
            case "anyOf":
                Expect(Fitting(keyword.Value, value) > 0, $"{path} fits none of its schemas: {value}", errors);
                break;
            case "oneOf":
                Expect(Fitting(keyword.Value, value) == 1, $"{path} fits {Fitting(keyword.Value, value)} of its variants: {value}", errors);
                break;
            case "not":
                Expect(!Fits(keyword.Value, value), $"{path} has what it must not have: {value}", errors);
                break;
            default:
                throw new NotSupportedException($"The validator does not know the keyword {keyword.Name}.");
        }
    }

    private static bool Has(JsonElement value, JsonElement name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name.GetString()!, out _);

    private void CheckItems(JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var i = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(schema, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i++}]"), errors);
            }
        }
    }

    private void CheckMembers(JsonProperty keyword, JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            var isNamed = schema.TryGetProperty("properties", out var named) && named.TryGetProperty(member.Name, out _);
            if (keyword.Name == "properties" && isNamed)
            {
                Check(keyword.Value.GetProperty(member.Name), member.Value, $"{path}.{member.Name}", errors);
            }
            else if (keyword.Name == "additionalProperties" && !isNamed)
            {
                Check(keyword.Value, member.Value, $"{path}.{member.Name}", errors);
            }
        }
    }

    private int Fitting(JsonElement schemas, JsonElement value) => schemas.EnumerateArray().Count(s => Fits(s, value));

    private bool Fits(JsonElement schema, JsonElement value) => Validate(schema, value).Count == 0;

    private static bool IsType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetInt64(out _) || value.TryGetUInt64(out _)),
        _ => throw new NotSupportedException($"The validator does not know the type {type}."),
    };

    private static bool IsFormat(string format, JsonElement value) => format switch
    {
        "date-time" => value.ValueKind == JsonValueKind.String
            && UtcTimestampConverter.TryParse(value.GetString(), out var instant)
            && UtcTimestampConverter.ToText(instant) == value.GetString(),
        "int32" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "int64" => value.ValueKind == JsonValueKind.Number && (value.TryGetInt64(out _) || value.TryGetUInt64(out _)),
        "float" or "double" => value.ValueKind == JsonValueKind.Number,
        _ => throw new NotSupportedException($"The validator does not know the format {format}."),
    };

    private static void Expect(bool holds, string error, List<string> errors)
    {
        if (!holds)
        {
            errors.Add(error);
        }
    }
}
