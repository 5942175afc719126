using System.Text.Json.Nodes;

namespace RealtimeHub.Cli.Contract;

/// <summary>The contract as an AsyncAPI 3 document: one channel per hub, one operation per method and push.</summary>
internal sealed class AsyncApiFile
{
    private const string Schemas = "#/components/schemas/";

    private readonly SchemaFile _schemas = new(Schemas);
    private readonly JsonObject _channels = [];
    private readonly JsonObject _operations = [];
    private readonly JsonObject _messages = [];

    public static JsonObject Document(WireContract contract)
    {
        var file = new AsyncApiFile();
        foreach (var hub in contract.Hubs)
        {
            file.Add(hub);
        }

        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "RealtimeHub",
                ["version"] = contract.Version,
                ["description"] = "Hubs over SignalR. A message is the argument of an invocation, its result, or an item of a stream; PROTOCOL.md has the rules.",
            },
            ["defaultContentType"] = "application/json",
            ["channels"] = file._channels,
            ["operations"] = file._operations,
            ["components"] = new JsonObject { ["messages"] = file._messages, ["schemas"] = file._schemas.Types(contract) },
        };
    }

    private void Add(HubContract hub)
    {
        var channel = new JsonObject
        {
            ["address"] = hub.Path,
            ["description"] = DocText.Plain(hub.Docs),
            ["messages"] = new JsonObject(),
            ["bindings"] = new JsonObject { ["ws"] = new JsonObject { ["method"] = "GET" } },
        };
        _channels.Add(hub.Name, channel);
        foreach (var method in hub.AllMethods)
        {
            Add(hub, method);
        }

        foreach (var push in hub.AllPushes)
        {
            var operation = Operation(hub, push.Name, "send", DocText.Plain(push.Docs), [("", push.Argument)]);
            Reply(operation, hub, push.Name, "Result", push.Result);
        }
    }

    // The application is the server: it receives calls and sends pushes.
    private void Add(HubContract hub, HubMethod method)
    {
        var operation = Operation(hub, method.Name, "receive", DocText.Plain(method.Docs), [("Request", method.Request), ("Upload", method.Upload)]);
        Reply(operation, hub, method.Name, method.IsStream ? "Item" : "Result", method.Result);
    }

    private JsonObject Operation(
        HubContract hub, string name, string action, string summary, IReadOnlyList<(string Part, WireShape? Shape)> parts)
    {
        var messages = parts
            .Where(p => p.Shape is not null || p.Part is "Request")
            .Select(p => (JsonNode)Message(hub, name, p.Part, p.Shape))
            .ToArray();
        var operation = new JsonObject
        {
            ["action"] = action,
            ["channel"] = Reference($"#/channels/{hub.Name}"),
            ["summary"] = summary,
            ["messages"] = new JsonArray(messages),
        };
        _operations.Add($"{hub.Name}.{name}", operation);
        return operation;
    }

    private void Reply(JsonObject operation, HubContract hub, string name, string part, WireShape? shape)
    {
        if (shape is not null)
        {
            operation["reply"] = new JsonObject
            {
                ["channel"] = Reference($"#/channels/{hub.Name}"),
                ["messages"] = new JsonArray(Message(hub, name, part, shape)),
            };
        }
    }

    private JsonObject Message(HubContract hub, string name, string part, WireShape? shape)
    {
        var id = $"{hub.Name}.{name}{(part.Length == 0 ? "" : "." + part)}";
        _messages.Add(id, new JsonObject
        {
            ["name"] = name,
            ["title"] = id,
            ["payload"] = shape is null ? new JsonObject { ["type"] = "null" } : _schemas.Shape(shape),
        });
        var key = name + part;
        ((JsonObject)_channels[hub.Name]!["messages"]!).Add(key, Reference($"#/components/messages/{id}"));
        return Reference($"#/channels/{hub.Name}/messages/{key}");
    }

    private static JsonObject Reference(string to) => new() { ["$ref"] = to };
}
