using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.IntegrationTests;

// The other side is the official JavaScript client with its own packages of both protocols.
public class OfficialClientTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(WorkTree.Root, "src/RealtimeHub.Protocol/Contract/schema.json"))).RootElement;
    private static readonly SchemaSample Samples = new(Schema);

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task P220_every_method_stream_and_push_of_every_hub_says_the_same_on_both_sides(string protocol)
    {
        var answers = new SampleAnswers((hub, method) => Answers(MethodsOf(HubNamed(hub)).GetProperty(method)));
        // On a clock that stands still no heartbeat comes between.
        await using var server = HubServer.Start(clock: new ManualTimeProvider(), configure: builder => builder.ConfigureTestServices(services =>
            services.Configure<HubOptions>(options => options.AddFilter(answers))));
        var plan = Path.Combine(Directory.CreateTempSubdirectory("plan").FullName, "plan.json");
        await File.WriteAllTextAsync(plan, Plan().ToJsonString(), TestContext.Current.CancellationToken);

        await using var node = ChildProcess.Start(
            "node",
            ["conformance.mjs", plan, protocol],
            new Dictionary<string, string> { ["RTHUB_URL"] = server.Uri.ToString().TrimEnd('/'), ["RTHUB_API_KEY"] = HubServer.AdminKey },
            Path.Combine(WorkTree.Root, "clients", "scripts"));
        foreach (var hub in Schema.GetProperty("hubs").EnumerateObject())
        {
            await node.WaitForLineAsync(l => l == $"ready {hub.Name}", $"the calls of {hub.Name}");
            await PushAllAsync(server, hub);
        }

        Assert.Equal(0, await node.WaitForExitAsync());
        var told = node.Lines.Where(l => l.StartsWith('{')).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.All(Schema.GetProperty("hubs").EnumerateObject(), hub => CheckHub(hub, [.. told.Where(t => t.GetProperty("hub").GetString() == hub.Name)], protocol));
        CheckTaken(answers);
    }

    private static void CheckHub(JsonProperty hub, List<JsonElement> told, string protocol)
    {
        foreach (var method in hub.Value.GetProperty("methods").EnumerateObject())
        {
            var values = told.Single(t => t.TryGetProperty("method", out var name) && name.GetString() == method.Name).GetProperty("values");
            AssertSame($"{hub.Name} {method.Name}", Answers(method.Value), [.. values.EnumerateArray()], protocol);
        }

        foreach (var push in hub.Value.GetProperty("pushes").EnumerateObject())
        {
            var values = told.Where(t => t.TryGetProperty("push", out var name) && name.GetString() == push.Name).Select(t => t.GetProperty("value")).ToList();
            Assert.True(values.Count == 1, $"{hub.Name} {push.Name} came {values.Count} times: {string.Join(" | ", values)}");
            AssertSame($"{hub.Name} {push.Name}", [Argument(push)], values, protocol);
        }
    }

    private static void CheckTaken(SampleAnswers answers)
    {
        var expected = Schema.GetProperty("hubs").EnumerateObject()
            .SelectMany(h => MethodsOf(h).EnumerateObject())
            .SelectMany(m => Requests(m.Value).Concat(Uploads(m.Value)).Select(r => (m.Name, Request: r)))
            .ToList();

        Assert.Equal(expected.Count, answers.Taken.Count);
        Assert.All(expected.Zip(answers.Taken), pair =>
        {
            Assert.Equal(pair.First.Name, pair.Second.Method);
            AssertEqual(pair.First.Name, pair.First.Request, pair.Second.Argument);
        });
    }

    private static void AssertSame(string what, IReadOnlyList<JsonNode> sent, List<JsonElement> received, string protocol)
    {
        Assert.Equal(sent.Count, received.Count);
        foreach (var (one, other) in sent.Zip(received))
        {
            AssertEqual(what, one, JsonDocument.Parse(WithoutBin(other, protocol)).RootElement);
        }
    }

    // In MessagePack, bytes came as bytes; in JSON as base64.
    private static string WithoutBin(JsonElement value, string protocol)
    {
        const string bytes = $"\"{SchemaSample.Base64}\"";
        const string bin = "{\"bin\":" + bytes + "}";
        var text = value.GetRawText();
        Assert.DoesNotContain(protocol == "json" ? bin : bytes, protocol == "json" ? text : text.Replace(bin, "", StringComparison.Ordinal), StringComparison.Ordinal);
        return text.Replace(bin, bytes, StringComparison.Ordinal);
    }

    private static void AssertEqual(string what, JsonNode expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(JsonSerializer.SerializeToElement(expected), actual), $"{what}: {expected.ToJsonString()} became {actual}");

    private static JsonArray Plan() => new([.. Schema.GetProperty("hubs").EnumerateObject().Select(hub => new JsonObject
    {
        ["path"] = hub.Name,
        ["pushes"] = new JsonArray([.. hub.Value.GetProperty("pushes").EnumerateObject().Select(p => (JsonNode)p.Name)]),
        ["calls"] = new JsonArray([.. MethodsOf(hub).EnumerateObject().Select(m => new JsonObject
        {
            ["method"] = m.Name,
            ["arguments"] = new JsonArray([.. Requests(m.Value)]),
            ["upload"] = m.Value.TryGetProperty("upload", out _) ? new JsonArray([.. Uploads(m.Value)]) : null,
            ["isStream"] = m.Value.TryGetProperty("item", out _),
        })]),
    })]);

    private static JsonElement MethodsOf(JsonProperty hub) => hub.Value.GetProperty("methods");

    private static JsonProperty HubNamed(string name) =>
        Schema.GetProperty("hubs").EnumerateObject().Single(h => h.Name == (string)typeof(HubPaths).GetField(name)!.GetRawConstantValue()!);

    private static IEnumerable<JsonNode> Requests(JsonElement method) => method.TryGetProperty("request", out var request) ? Samples.All(request).Take(1) : [];

    private static IEnumerable<JsonNode> Uploads(JsonElement method) =>
        method.TryGetProperty("upload", out var item) ? Samples.All(item).Concat(Samples.All(item)) : [];

    private static IReadOnlyList<JsonNode> Answers(JsonElement method) =>
        [.. method.TryGetProperty("item", out var item) ? Samples.All(item) : Samples.All(method.GetProperty("result")).Take(1)];

    private static JsonNode Argument(JsonProperty push) => Samples.All(push.Value.GetProperty("argument")).First();

    // As the typed value of the client interface, so that the contract encodes it.
    private static async Task PushAllAsync(HubServer server, JsonProperty hub)
    {
        var name = typeof(HubPaths).GetFields().Single(f => (string)f.GetRawConstantValue()! == hub.Name).Name;
        var type = Assembly.Load("RealtimeHub.Server").GetTypes().Single(t => t.Name == $"{name}Hub");
        var client = typeof(HubPaths).Assembly.GetTypes().Single(t => t.Name == $"I{name}Client");
        var manager = server.Services.GetRequiredService(typeof(HubLifetimeManager<>).MakeGenericType(type));
        var send = manager.GetType().GetMethod("SendAllAsync")!;
        foreach (var push in hub.Value.GetProperty("pushes").EnumerateObject())
        {
            var method = new[] { client }.Concat(client.GetInterfaces()).Select(t => t.GetMethod(push.Name)).OfType<MethodInfo>().First();
            var argument = Argument(push).Deserialize(RealtimeJson.Options.GetTypeInfo(method.GetParameters()[0].ParameterType));
            await (Task)send.Invoke(manager, [push.Name, new[] { argument }, TestContext.Current.CancellationToken])!;
        }
    }
}
