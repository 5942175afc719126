using System.Text.Json.Nodes;

namespace RealtimeHub.Cli.Contract;

/// <summary>The contract as one document of JSON Schema: every type, and per hub which of them each message has.</summary>
internal sealed class SchemaFile(string refPrefix, bool withDocs = true)
{
    public const string Definitions = "#/$defs/";

    /// <summary>The whole document.</summary>
    public JsonObject Document(WireContract contract) => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "RealtimeHub",
        ["description"] = $"Every message of the wire, version {contract.Version}: the types, and per hub which of them each message has.",
        ["hubs"] = contract.Hubs.ToObject(h => h.Path, Hub),
        ["$defs"] = Types(contract),
    };

    /// <summary>Every type and every table of constants.</summary>
    public JsonObject Types(WireContract contract)
    {
        var all = contract.Types.ToObject(t => t.Name, Type);
        foreach (var table in contract.Constants)
        {
            all.Add(table.Singular, Constants(table));
        }

        return all;
    }

    public JsonObject Shape(WireShape shape) => shape.Kind switch
    {
        WireKind.Text => new() { ["type"] = "string" },
        WireKind.Boolean => new() { ["type"] = "boolean" },
        WireKind.Integer => new() { ["type"] = "integer", ["format"] = $"int{shape.Bits}" },
        WireKind.Number => new() { ["type"] = "number", ["format"] = shape.Bits == 32 ? "float" : "double" },
        WireKind.Timestamp => new() { ["type"] = "string", ["format"] = "date-time" },
        WireKind.Bytes => new() { ["type"] = "string", ["contentEncoding"] = "base64" },
        WireKind.List => new() { ["type"] = "array", ["items"] = Shape(shape.Item!) },
        WireKind.Map => new() { ["type"] = "object", ["additionalProperties"] = Shape(shape.Item!) },
        WireKind.Type => Reference(shape.Name),
        WireKind.Constant when shape.Names!.Count == 1 => Reference(WireConstants.SingularOf(shape.Name)),
        WireKind.Constant => new() { ["anyOf"] = new JsonArray([.. shape.Names.Select(n => Reference(WireConstants.SingularOf(n)))]) },
        _ => [],
    };

    private JsonObject Reference(string name) => new() { ["$ref"] = refPrefix + name };

    private JsonObject Hub(HubContract hub) => new()
    {
        ["methods"] = hub.AllMethods.ToObject(m => m.Name, Method),
        ["pushes"] = hub.AllPushes.ToObject(p => p.Name, p => Messages(("argument", p.Argument), ("result", p.Result))),
    };

    private JsonObject Method(HubMethod method) =>
        Messages(("request", method.Request), ("upload", method.Upload), (method.IsStream ? "item" : "result", method.Result));

    private JsonObject Messages(params IEnumerable<(string Name, WireShape? Shape)> messages) =>
        messages.Where(m => m.Shape is not null).ToObject(m => m.Name, m => Shape(m.Shape!));

    private JsonObject Type(WireType type)
    {
        var schema = new JsonObject { ["type"] = "object" };
        Describe(schema, DocText.Plain(type.Docs));
        schema["properties"] = type.Members.ToObject(m => m.Name, Member);
        if (type.Members.Where(m => m.IsRequired).Select(m => m.Name).ToList() is { Count: > 0 } required)
        {
            schema["required"] = required.ToJsonArray();
        }

        if (type.Variants is { } variants)
        {
            schema["oneOf"] = new JsonArray([.. variants.Values.Select(v => Variant(variants, v))]);
        }

        return schema;
    }

    private JsonObject Member(WireMember member)
    {
        var schema = Shape(member.Shape);
        Describe(schema, DocText.Plain(member.Docs));
        return schema;
    }

    private static JsonObject Variant(WireVariants variants, string value) => new()
    {
        ["properties"] = new JsonObject
        {
            [variants.Discriminator] = new JsonObject { ["const"] = value },
        },
        ["required"] = new JsonArray(value),
        ["not"] = new JsonObject
        {
            ["anyOf"] = new JsonArray([.. variants.Values.Where(v => v != value).Select(v => new JsonObject { ["required"] = new JsonArray(v) })]),
        },
    };

    private JsonObject Constants(WireConstants table)
    {
        var schema = new JsonObject { ["type"] = "string" };
        Describe(schema, DocText.Plain(table.Docs));
        schema["enum"] = table.Values.Select(v => v.Value).ToJsonArray();
        return schema;
    }

    private void Describe(JsonObject schema, string text)
    {
        if (withDocs && text.Length > 0)
        {
            schema["description"] = text;
        }
    }
}
