using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Auth.Sessions;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Auth;

namespace RealtimeHub.Tests.Server.Hubs.Workspace;

/// <summary>The rules of the workspace vectors, on the hub: frames differ, outcomes do not.</summary>
public class KataVectorTests
{
    public static TheoryData<string> Upgrades => Ids("auth-upgrade.json", c => c.GetProperty("connect").GetProperty("path").GetString() == "/ws");

    public static TheoryData<string> Channels => Ids("channels.json");

    public static TheoryData<string> Flows => Ids("session-flows.json", c => c.GetProperty("id").GetString() is not ("kata-flow-6" or "kata-flow-11" or "kata-flow-12"));

    [Theory]
    [MemberData(nameof(Upgrades))]
    public async Task P180_who_may_connect_is_decided_as_in_the_vectors(string id)
    {
        var (file, vector) = Case("auth-upgrade.json", id);
        var clock = At(file.GetProperty("context").GetProperty("now").GetString()!);
        var fault = vector.TryGetProperty("fault", out var f) ? f.GetString() : null;
        await using var server = HubServer.Start(
            new Dictionary<string, string?> { ["Auth:Session:CookieName"] = "kata.sid" }, clock, [("k1@t1", "kat_live_1", "workspace:read")],
            host => host.ConfigureTestServices(services =>
            {
                services.AddSingleton<ISessionStore>(new VectorSessions(file.GetProperty("context").GetProperty("sessions"), fault == "session_store"));
                if (fault == "api_key_store")
                {
                    services.Insert(0, ServiceDescriptor.Singleton<ICredentialScheme, BrokenKeys>());
                }
            }));
        server.Expect("The credential scheme");
        var connect = vector.GetProperty("connect");
        (string, string)[] headers = [.. connect.GetProperty("headers").EnumerateObject().Select(h => (h.Name, h.Value.GetString()!))];
        var query = string.Concat(connect.GetProperty("query").EnumerateObject().Select(q => $"&{q.Name}={q.Value.GetString()}"));

        var answer = await server.NegotiateAsync(query, headers);
        var upgrade = await server.UpgradeAsync("?receive_all=false" + query, headers);

        var expect = vector.GetProperty("expect");
        Assert.Equal($"{expect.GetProperty("http").GetInt32()} {expect.GetProperty("code").GetString()}", answer);
        Assert.Equal($"{expect.GetProperty("http").GetInt32()}", upgrade);
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task P200_channels_are_authorised_as_in_the_vectors(string id)
    {
        var (file, vector) = Case("channels.json", id);
        var context = file.GetProperty("context");
        await using var server = HubServer.Start(keys: [($"u1@{context.GetProperty("principal").GetProperty("teamId").GetString()}", "u1-key", "workspace:read")]);
        await OwnAsync(server, context);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, WorkspaceServer.Hub, "u1-key");

        var code = await probe.SubscribeAsync(vector.GetProperty("channel").GetString()!);

        var expect = vector.GetProperty("expect");
        Assert.Equal(expect.GetProperty("ok").GetBoolean() ? null : file.GetProperty("on_the_wire").GetProperty(expect.GetProperty("reason").GetString()!).GetString(), code);
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public async Task P201_sessions_go_as_in_the_vectors(string id)
    {
        var (_, vector) = Case("session-flows.json", id);
        var settings = vector.GetProperty("connect").GetProperty("server");
        await using var server = HubServer.Start(
            new Dictionary<string, string?> { ["Channels:MaxSubscriptionsPerConnection"] = settings.GetProperty("max_subscriptions").GetRawText() },
            At(settings.GetProperty("now").GetString()!),
            [("key-1@team-1", "kat_live_1", "workspace:read team:write spec:write")]);
        await OwnAsync(server, settings);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, WorkspaceServer.Hub, "kat_live_1");
        foreach (var step in vector.GetProperty("steps").EnumerateArray())
        {
            await PlayAsync(server, probe, step);
        }
    }

    [Theory]
    [InlineData("kata-flow-6", "INVALID_FRAME")]
    [InlineData("kata-flow-11", null)]
    [InlineData("kata-flow-12", "MESSAGE_TOO_LARGE")]
    public async Task P82_frames_that_are_no_calls_end_where_SignalR_allows_no_answer(string id, string? code)
    {
        // What the plain protocol answers, or closes on, a hub can only close on; and the size is the hub's own.
        var (_, vector) = Case("session-flows.json", id);
        var step = vector.GetProperty("steps")[0];
        await using var server = HubServer.Start(keys: [("key-1@team-1", "kat_live_1", "workspace:read")]);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, WorkspaceServer.Hub, "kat_live_1");
        if (step.TryGetProperty("send_binary_utf8", out _))
        {
            await probe.SendBytesAsync("{\"type\":1,\"invocationId\":\"b1\",\"target\":\"Ping\",\"arguments\":[]}\u001e"u8.ToArray());
            Assert.Equal("pong", (await probe.CallAsync("Ping")).GetProperty("type").GetString());
            return;
        }

        await probe.SendTextAsync(step.TryGetProperty("send_text", out var text) ? text.GetString() + "\u001e" : new string('x', 65_537) + "\u001e");
        var control = (await probe.WaitForAsync("Control"))[0];
        await probe.WaitForCloseAsync();

        Assert.Equal((code, false), (control["code"].GetString(), control["reconnect"].GetBoolean()));
    }

    private static async Task PlayAsync(HubServer server, HubProbe probe, JsonElement step)
    {
        var expected = step.GetProperty("expect")[0];
        if (step.TryGetProperty("publish", out var published))
        {
            using var http = server.Http("kat_live_1");
            var source = new[] { "type", "payload", "eventId", "timestamp" }.ToDictionary(m => m, published.GetProperty);
            await http.PublishAsync(source, published.GetProperty("channel").GetString()!);
            var frame = (await probe.WaitForAsync("Workspace"))[^1];
            Assert.All(["type", "channel", "timestamp", "eventId", "encoding", "payload"], m => Assert.True(JsonElement.DeepEquals(expected.GetProperty(m), frame[m]), m));
            return;
        }

        var send = step.GetProperty("send");
        switch (send.GetProperty("type").GetString())
        {
            case "ping":
                Assert.Equal("pong", (await probe.CallAsync("Ping")).GetProperty("type").GetString());
                break;
            case "subscribe":
                var code = await probe.SubscribeAsync(send.GetProperty("channel").GetString()!);
                Assert.Equal(expected.GetProperty("type").GetString() == "error" ? expected.GetProperty("payload").GetProperty("code").GetString() : null, code);
                break;
            default:
                var result = await probe.CallAsync("Unsubscribe", new { id = send.GetProperty("channel").GetString() });
                Assert.Equal(expected.GetProperty("payload").GetProperty("removed").GetBoolean(), result.GetProperty("removed").GetBoolean());
                break;
        }
    }

    private static async Task OwnAsync(HubServer server, JsonElement owners)
    {
        foreach (var kind in new[] { "spec", "agent" })
        {
            if (owners.TryGetProperty($"{kind}_team", out var teams))
            {
                foreach (var owner in teams.EnumerateObject())
                {
                    await server.OwnAsync(kind, owner.Name, owner.Value.GetString()!);
                }
            }
        }
    }

    private static ManualTimeProvider At(string now)
    {
        var clock = new ManualTimeProvider();
        Assert.True(UtcTimestampConverter.TryParse(now, out var start));
        clock.Advance(start - clock.GetUtcNow());
        return clock;
    }

    private static JsonElement File(string name) =>
        JsonDocument.Parse(global::System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "kata", name))).RootElement;

    private static (JsonElement File, JsonElement Case) Case(string name, string id)
    {
        var file = File(name);
        return (file, file.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id));
    }

    private static TheoryData<string> Ids(string name, Func<JsonElement, bool>? isMeant = null) =>
        [.. File(name).GetProperty("cases").EnumerateArray().Where(c => isMeant?.Invoke(c) ?? true).Select(c => c.GetProperty("id").GetString()!)];

    private sealed class VectorSessions(JsonElement sessions, bool isBroken) : ISessionStore
    {
        public ValueTask<Session?> FindAsync(string hash, CancellationToken cancellationToken)
        {
            if (isBroken)
            {
                throw new IOException("The store is away.");
            }

            foreach (var session in sessions.EnumerateObject())
            {
                if (SecretText.Hash(session.Name) == hash)
                {
                    var principal = new Principal(session.Value.GetProperty("userId").GetString()!, session.Value.GetProperty("teamId").GetString(), [], ["workspace:read"], "standard");
                    return ValueTask.FromResult<Session?>(new Session(principal, session.Value.GetProperty("expiresAt").GetString()!, "session", DateTimeOffset.UnixEpoch));
                }
            }

            return ValueTask.FromResult<Session?>(null);
        }

        public ValueTask<bool> TryAddAsync(string hash, Session session, CancellationToken cancellationToken) => ValueTask.FromResult(false);

        public ValueTask RemoveAsync(string hash, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class BrokenKeys : ICredentialScheme
    {
        public ValueTask<CredentialOutcome> AuthenticateAsync(Microsoft.AspNetCore.Http.HttpContext context, CancellationToken cancellationToken) =>
            context.Request.Headers.ContainsKey("x-api-key") ? throw new IOException("The store is away.") : ValueTask.FromResult(CredentialOutcome.None);
    }
}
