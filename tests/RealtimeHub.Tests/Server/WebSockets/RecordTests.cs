using System.Text.Json;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.WebSockets.Simulation;

namespace RealtimeHub.Tests.Server.WebSockets;

/// <summary>What is written down and counted of plain connections: the same as of hubs.</summary>
public sealed class RecordTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task P350_connections_streams_and_denials_are_written_down_without_secrets()
    {
        await using (var server = SimulationRouteTests.Start(settings: new() { ["Audit:Path"] = Path.Combine(_folder, "audit.jsonl") }))
        {
            using var http = server.Http();
            await using var events = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
            await events.SettleAsync();
            await http.PublishManyAsync(3);
            await events.WaitForAsync("event", 3);
            await events.CloseAsync();
            await using var refused = await PlainProbe.ConnectAsync(server.Uri, "/ws/events?api_key=nobody-s-secret", null);
            await refused.WaitForCloseAsync();

            await using var simulation = await PlainProbe.ConnectAsync(server.Uri, "/ws/simulation_live", null);
            await simulation.AskAsync(new { type = "auth", payload = new { api_key = "a-secret-guess", timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() } });
            await SimulationRouteTests.AuthAsync(simulation);
            await simulation.SendAsync(SimulationRouteTests.Subscribe("s", new { grid_size = 8, steps = 5 }));
            await simulation.WaitForAsync("simulation_complete");
            await simulation.CloseAsync();
            await server.WaitForConnectionsAsync(0);
        }

        var text = await File.ReadAllTextAsync(Path.Combine(_folder, "audit.jsonl"), TestContext.Current.CancellationToken);
        var records = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).ToList();
        var connection = Assert.Single(records, r => Is(r, "connection", "/ws/events"));
        Assert.Equal(("admin", "client_closed", 3), (Text(connection, "principal"), Text(connection, "reason"), connection.GetProperty("sent").GetInt32()));
        Assert.True(connection.GetProperty("received").GetInt32() >= 1);
        Assert.Equal(0, connection.GetProperty("drop_rate_percent").GetDouble());
        Assert.Contains(records, r => Text(r, "kind") == "denied" && Text(r, "code") == "INVALID_API_KEY");
        Assert.Contains(records, r => Is(r, "denied", "/ws/simulation_live") && Text(r, "method") == "auth");
        var stream = Assert.Single(records, r => Is(r, "stream", "/ws/simulation_live"));
        Assert.Equal(("s", "mfn", 6, 0), (Text(stream, "channel"), Text(stream, "principal"), stream.GetProperty("sent").GetInt32(), stream.GetProperty("dropped").GetInt32()));
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task P350_connections_messages_and_subscriptions_are_counted()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using (var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events"))
        {
            await probe.AskAsync(new { type = "ping" });
            await probe.AskAsync(new { type = "subscribe", data = new { events = new[] { "alert.*" } } });
            await probe.AskAsync(new { type = "subscribe" });
            await probe.AskAsync("{");
            await probe.CloseAsync();
        }

        await server.WaitForConnectionsAsync(0);
        var text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.All(
            [
                "realtimehub_connections_opened_total{hub=\"/ws/events\"} 1\n",
                "realtimehub_connections_closed_total{hub=\"/ws/events\",reason=\"client_closed\"} 1\n",
                "realtimehub_calls_total{hub=\"/ws/events\",method=\"ping\",outcome=\"ok\"} 1\n",
                "realtimehub_calls_total{hub=\"/ws/events\",method=\"subscribe\",outcome=\"ok\"} 1\n",
                "realtimehub_calls_total{hub=\"/ws/events\",method=\"subscribe\",outcome=\"INVALID_REQUEST\"} 1\n",
                "realtimehub_subscribes_total{hub=\"/ws/events\",outcome=\"ok\"} 2\n",
                "realtimehub_faults_total{what=\"bad_frame\"} 1\n",
            ],
            line => Assert.Contains(line, text, StringComparison.Ordinal));
    }

    private static bool Is(JsonElement record, string kind, string hub) => Text(record, "kind") == kind && Text(record, "hub") == hub;

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.GetString() : null;
}
