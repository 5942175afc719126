using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Auth;

/// <summary>The climate system's rules of who may ask what, on the hub.</summary>
public class ClimateScopeTests
{
    [Theory]
    [InlineData("kfm-authz-3", "Subscribe")]
    [InlineData("kfm-authz-4", "SubscribeXai")]
    [InlineData("kfm-authz-5", "SubscribeXai")]
    public async Task P157_scopes_open_what_the_vectors_say(string id, string method)
    {
        var vector = Vectors().Single(c => c.GetProperty("id").GetString() == id);
        var scopes = string.Join(' ', vector.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()));
        await using var server = HubServer.Start(keys: [("caller", "caller-key", scopes.Length > 0 ? scopes : "events:read")]);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/climate", "caller-key");
        var request = JsonNode.Parse(vector.GetProperty("send").GetRawText())!.AsObject();
        request.Remove("type");
        request.Remove("stream");

        var result = await probe.CallAsync(method, request);

        var code = result.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;
        var isAllowed = vector.TryGetProperty("expect", out var expect) && expect.GetString() == "allowed";
        if (isAllowed)
        {
            // What lies outside the bundled data is refused for that, and not for its scope.
            Assert.NotEqual("FORBIDDEN", code);
        }
        else
        {
            Assert.Equal("FORBIDDEN", code);
        }
    }

    [Fact]
    public async Task P196_explanations_have_a_pace_of_their_own()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Limits:ExplanationsPerMinute"] = "1" }, new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/climate");
        var request = new { variable = "t2m", method = "shap", domain = new { crs = "EPSG:4326", point = new[] { -98.0, 38.5 } } };

        await probe.CallAsync("SubscribeXai", request);
        var second = (await probe.CallAsync("SubscribeXai", request)).GetProperty("error");

        Assert.Equal("RATE_LIMIT", second.GetProperty("code").GetString());
        Assert.StartsWith("1 explanations per principal in 60 s", second.GetProperty("details").GetProperty("limit").GetString(), StringComparison.Ordinal);
        Assert.Equal("pong", (await probe.CallAsync("Ping")).GetProperty("type").GetString());
    }

    private static JsonElement.ArrayEnumerator Vectors() => JsonDocument
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "auth", "climate-authz.json")))
        .RootElement.GetProperty("cases").EnumerateArray();
}
