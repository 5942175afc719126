using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RealtimeHub.Testing;

namespace RealtimeHub.IntegrationTests;

/// <summary>The real server, configured with nothing but the variables that the four systems document.</summary>
public class DocumentedEnvironmentTests
{
    [Fact]
    public async Task P356_a_server_in_production_takes_its_keys_port_and_limits_from_the_documented_variables()
    {
        var port = FreePort();
        await using var server = Start(new()
        {
            ["MFN_ENV"] = "production",
            ["MFN_API_KEYS"] = "mfn-key-one, mfn-key-two",
            ["GATEWAY_PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["GATEWAY_ALLOWED_ORIGINS"] = "https://app.example.com",
            ["SESSION_COOKIE_NAME"] = "kata.sid",
            ["WS_HEARTBEAT_INTERVAL_MS"] = "10000",
            ["WS_HEARTBEAT_TIMEOUT_MS"] = "25000",
            ["WS_MAX_SUBSCRIPTIONS_PER_CONNECTION"] = "7",
            ["API_KEYS"] = "[\"events-key\"]",
            ["WEBSOCKET_TOKEN"] = "events-token",
            ["WEBSOCKET_MAX_MESSAGE_SIZE"] = "2048",
            ["WEBSOCKET_BATCH_CHANNELS"] = "detections",
        });
        await server.WaitForLineAsync(l => l.Contains("RealtimeHub listens on", StringComparison.Ordinal), "the server to listen");
        var uri = new Uri($"http://127.0.0.1:{port}");

        await using var token = await PlainProbe.ConnectAsync(uri, "/ws/events?token=events-token", null);
        await using var key = await PlainProbe.ConnectAsync(uri, "/ws/detections?api_key=events-key", null);
        await using var nobody = await PlainProbe.ConnectAsync(uri, "/ws/events", null);
        await using var simulation = await PlainProbe.ConnectAsync(uri, "/ws/heartbeat", null);
        var large = await token.AskAsync(new string('x', 2_049));
        await key.SettleAsync();
        var wrong = await simulation.AskAsync(Auth("any"));
        var right = await simulation.AskAsync(Auth("mfn-key-two"));

        Assert.Equal("Message too large (2049 bytes, max 2048)", large.GetProperty("error").GetString());
        Assert.Equal(1008, await nobody.WaitForCloseAsync());
        Assert.Equal(("auth_failed", "auth_success"), (wrong.GetProperty("type").GetString(), right.GetProperty("type").GetString()));
        Assert.Equal(403, await PlainProbe.StatusAsync(uri, "/ws/heartbeat", ("Origin", "https://elsewhere.example.com")));
        Assert.Equal(101, await PlainProbe.StatusAsync(uri, "/ws/heartbeat", ("Origin", "https://app.example.com")));
        Assert.DoesNotContain(server.Lines, l => l.Contains("mfn-key", StringComparison.Ordinal) || l.Contains("events-key", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MFN_ENV", "prodution")]
    [InlineData("MFN_API_KEY_REQURIED", "false")]
    [InlineData("REDIS_URL", "http://redis")]
    public async Task P357_an_unknown_value_or_name_stops_the_start_with_a_sentence(string name, string value)
    {
        await using var server = Start(new() { [name] = value, ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["ASPNETCORE_ENVIRONMENT"] = "Development" });

        var exitCode = await server.WaitForExitAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(server.Lines, l => l.StartsWith("! RealtimeHub cannot start", StringComparison.Ordinal) && l.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task P356_servers_with_the_same_redis_url_are_one()
    {
        Assert.SkipUnless(RedisServer.Missing is null, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        var environment = new Dictionary<string, string> { ["REDIS_URL"] = $"redis://{redis.Endpoint}/1" };
        await using var one = await ServerProcess.StartAsync(environment: environment);
        await using var two = await ServerProcess.StartAsync(environment: environment);
        using var http = new HttpClient { BaseAddress = one.Uri };
        http.DefaultRequestHeaders.Add("X-API-Key", "dev-key");
        await using var probe = await PlainProbe.ConnectAsync(two.Uri, "/ws/events", "dev-key");
        await probe.SettleAsync();

        await http.PublishAsync(SampleEvent.Security(1));

        Assert.Equal(1, (await probe.NextAsync("event")).GetProperty("data").GetProperty("id").GetInt32());
    }

    private static object Auth(string key) =>
        new { type = "auth", payload = new { api_key = key, timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() } };

    private static ChildProcess Start(Dictionary<string, string> environment) => ChildProcess.StartOurs(
        "RealtimeHub.Server.dll", ["--SampleData:Enabled", "false", "--Audit:Path", "", "--Drain:Delay", "00:00:00"], environment);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
