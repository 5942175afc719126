using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Server.Connections;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Hubs.Workspace;

namespace RealtimeHub.Tests.Server;

/// <summary>One session of an attacker with a good key of another team, while a healthy client reads on.</summary>
public class AttackerTests
{
    private const int HalfOpen = 10_000;

    [Fact]
    public async Task Nothing_leaks_nothing_grows_and_the_healthy_client_does_not_notice()
    {
        await using var server = await WorkspaceServer.StartAsync(new()
        {
            ["Limits:MaxPendingHandshakes"] = "50",
            ["Limits:HandshakeTimeout"] = "00:00:02",
            ["Channels:MaxSubscriptionsPerConnection"] = "100",
        });
        using var http = server.Http(WorkspaceServer.Ada);
        await using var healthy = await server.ConnectAsync(WorkspaceServer.Ada);
        await healthy.SubscribeAsync("team:t1", presence: true);
        await http.PublishAsync(Secret(1), "team:t1");
        using var admin = server.Http();
        await admin.PublishAsync(SampleEvent.Security(1));
        var channels = Channels(server);

        await using var attacker = await server.ConnectAsync(WorkspaceServer.Eve);
        await using var streams = await StreamingAttacker.ConnectAsync(server);
        var answers = new List<string>();
        foreach (var name in Names())
        {
            answers.Add((await attacker.CallAsync("Subscribe", new { channel = name })).GetRawText());
            answers.Add((await attacker.CallAsync("Presence", new { channel = name })).GetRawText());
            answers.Add((await attacker.CallAsync("Resync", new { channel = name, id = name, from = new { epoch = "0123456789", sequence = 0 } })).GetRawText());
            if (name.Length < 1_000)
            {
                using var eve = server.Http(WorkspaceServer.Eve);
                using var history = await eve.GetAsync(new Uri($"/api/v1/channels/{Uri.EscapeDataString(name)}/history", UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.False(history.IsSuccessStatusCode, name);
                answers.Add(await history.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }

            // The name goes in four members, and a message has 64 KiB.
            answers.AddRange(await streams.TryAllAsync(name[..Math.Min(name.Length, 10_000)]));
        }

        answers.AddRange(await BombsAsync(server));
        await FloodAsync(server);
        await http.PublishAsync(Secret(2), "team:t1");
        await healthy.WaitForAsync("Workspace", 2);

        Assert.All(answers, a => Assert.DoesNotContain("the secret", a, StringComparison.Ordinal));
        Assert.All(answers, a => Assert.DoesNotContain("\"ada\"", a, StringComparison.Ordinal));
        Assert.DoesNotContain(attacker.All, p => p.Target is "Workspace" or "PresenceDiff" or "PresenceState");
        Assert.Equal(channels, Channels(server));
        Assert.DoesNotContain(healthy.All, p => p.Target is "Gap" or "Control" or "Degraded");
        Assert.Equal("pong", (await healthy.CallAsync("Ping")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Ten_thousand_half_open_handshakes_hold_no_more_than_their_share()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Limits:MaxPendingHandshakes"] = "50", ["Limits:HandshakeTimeout"] = "00:00:02" });
        server.Expect("heartbeat");
        using var http = server.Http();
        await using var healthy = await HubProbe.ConnectAsync(server.Uri, "/hubs/events");
        await healthy.WaitForAsync("Subscribed");
        var live = (LiveConnections)server.Services.GetService(typeof(LiveConnections))!;
        var most = 0;
        var open = new Queue<TcpClient>();

        for (var i = 0; i < HalfOpen; i++)
        {
            // A file descriptor is dear on both sides: the attacker keeps two hundred at a time.
            if (open.Count == 200)
            {
                open.Dequeue().Dispose();
            }

            open.Enqueue(await HalfOpenAsync(server.Uri));
            most = Math.Max(most, live.Pending);
            if (i % 1_000 == 0)
            {
                await http.PublishAsync(SampleEvent.Security(i + 1));
            }
        }

        await healthy.WaitForAsync("Event", HalfOpen / 1_000);

        // Those that are just being turned away count for a moment.
        Assert.InRange(most, 1, 75);
        Assert.DoesNotContain(healthy.All, p => p.Target is "Gap" or "Control");
        while (open.TryDequeue(out var socket))
        {
            socket.Dispose();
        }
    }

    [Fact]
    public async Task Slow_headers_hold_up_nobody()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var slow = new List<TcpClient>();
        for (var i = 0; i < 100; i++)
        {
            var socket = new TcpClient();
            await socket.ConnectAsync(server.Uri.Host, server.Uri.Port, TestContext.Current.CancellationToken);
            await socket.GetStream().WriteAsync("GET /hubs/events HTTP/1.1\r\nHost: a\r\nX-Slow: "u8.ToArray(), TestContext.Current.CancellationToken);
            slow.Add(socket);
        }

        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events");
        await probe.WaitForAsync("Subscribed");
        await http.PublishAsync(SampleEvent.Security(1));
        await probe.WaitForAsync("Event");

        slow.ForEach(s => s.Dispose());
    }

    private static object Secret(int id) => new { type = "log_entry", payload = new { message = "the secret", id } };

    private static int Channels(HubServer server) => ((ChannelDirectory)server.Services.GetService(typeof(ChannelDirectory))!).Count;

    private static IEnumerable<string> Names() =>
    [
        "team:t1", " team:t1", "team:t1 ", "team: t1", "TEAM:t1", "team:T1", "team:t1:", "team::t1", "team:t1:x", "team:../t1", "team:t2/../t1", "team:%74%31",
        "team:t1\0", "team:t1\n", "team:*", "team:t?", "team:[t]1", "*", "spec:spec-1", "spec:*", "agent:agent-1", "presence:team:t1", "signalr:WorkspaceHub:group:team:t1",
        new string('t', 201), "team:" + new string('x', 20_000), "ｔeam:t1", "team:t1\u200b",
    ];

    // Patterns that explode in other engines, depth, numbers that no reader holds, and far too many subscriptions.
    private static async Task<List<string>> BombsAsync(HubServer server)
    {
        await using var events = await HubProbe.ConnectAsync(server.Uri, "/hubs/events?receive_all=false");
        var started = TimeProvider.System.GetTimestamp();
        var answers = new List<string>
        {
            (await events.CallAsync("Subscribe", new { events = Enumerable.Repeat(string.Concat(Enumerable.Repeat("*a", 100)), 64).ToArray() })).GetRawText(),
            (await events.CallAsync("Subscribe", new { events = new[] { new string('*', 201) } })).GetRawText(),
            (await events.CallAsync("Subscribe", JsonSerializer.Deserialize<JsonElement>($$"""{"events":["*"],"last":{{new string('9', 400)}}}"""))).GetRawText(),
            (await events.CallAsync("Subscribe", JsonSerializer.Deserialize<JsonElement>("""{"events":["*"],"max_lag_bytes":1e999}"""))).GetRawText(),
        };
        using (var http = server.Http())
        {
            await http.PublishAsync(new { type = "event", payload = SampleEvent.Security(1).GetType().GetProperty("payload")!.GetValue(SampleEvent.Security(1)), tags = new { a = new string('a', 200) } });
        }

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "A pattern took too long.");
        await using var deep = await HubProbe.ConnectAsync(server.Uri, "/hubs/events?receive_all=false");
        await deep.SendTextAsync($$"""{"type":1,"invocationId":"1","target":"Subscribe","arguments":[{{string.Concat(Enumerable.Repeat("{\"a\":", 5_000))}}1{{new string('}', 5_000)}}]}""" + "\u001e");
        await deep.WaitForCloseAsync();
        return answers;
    }

    private static async Task FloodAsync(HubServer server)
    {
        await using var attacker = await server.ConnectAsync(WorkspaceServer.Eve);
        for (var i = 0; i < 2_000; i++)
        {
            await attacker.BeginCallAsync("Subscribe", new { channel = $"spec:flood-{i}" });
        }

        Assert.Equal("pong", (await attacker.CallAsync("Ping")).GetProperty("type").GetString());
    }

    private static async Task<TcpClient> HalfOpenAsync(Uri server)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        var request = $"GET /hubs/events HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-API-Key: {HubServer.AdminKey}\r\n\r\n";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        return socket;
    }
}
