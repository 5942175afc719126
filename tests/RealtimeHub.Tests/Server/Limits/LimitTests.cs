using System.Net;
using System.Net.WebSockets;
using RealtimeHub.Server.Limits;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Auth;

namespace RealtimeHub.Tests.Server.Limits;

public class LimitTests
{
    private const string Quiet = "/hubs/events?receive_all=false";

    [Fact]
    public async Task P195_an_address_has_so_many_attempts_to_connect_a_minute_refused_ones_included()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Limits:ConnectsPerMinute"] = "3" }, clock);
        (string, string) key = ("X-API-Key", HubServer.AdminKey);

        Assert.Equal("401 INVALID_API_KEY", await server.NegotiateAsync("", ("X-API-Key", "nobody")));
        Assert.Equal("200", await server.NegotiateAsync("", key));
        Assert.Equal("101", await server.UpgradeAsync("", key));
        Assert.Equal("429 RATE_LIMIT", await server.NegotiateAsync("", key));
        Assert.Equal("429", await server.UpgradeAsync("", key));
        Assert.Equal("200", await server.NegotiateAsync("", key, ("X-Forwarded-For", "203.0.113.7")));
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("200", await server.NegotiateAsync("", key));
        Assert.Equal("200", await server.GetAsync("/auth/me", key));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::/64")]
    [InlineData("::1", "::1")]
    [InlineData(null, "local")]
    public void P195_an_address_is_an_IPv4_address_or_an_IPv6_network(string? address, string expected) =>
        Assert.Equal(expected, ClientAddress.Of(address is null ? null : IPAddress.Parse(address)));

    [Fact]
    public async Task P195_the_addresses_of_one_IPv6_network_share_their_attempts()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Limits:ConnectsPerMinute"] = "2" }, new ManualTimeProvider());
        (string, string) key = ("X-API-Key", HubServer.AdminKey);

        Assert.Equal("200", await server.NegotiateAsync("", key, ("X-Forwarded-For", "2001:db8:1:2::1")));
        Assert.Equal("200", await server.NegotiateAsync("", key, ("X-Forwarded-For", "2001:db8:1:2:ffff::2")));
        Assert.Equal("429 RATE_LIMIT", await server.NegotiateAsync("", key, ("X-Forwarded-For", "2001:db8:1:2:a:b:c:d")));
        Assert.Equal("200", await server.NegotiateAsync("", key, ("X-Forwarded-For", "2001:db8:1:3::1")));
    }

    [Fact]
    public async Task P196_a_rate_class_multiplies_what_a_principal_may_ask()
    {
        var clock = new ManualTimeProvider();
        var settings = Callers.Entry("Tokens", "gold", "Sha256", Callers.Hash("the-token"));
        settings["Auth:Tokens:0:RateClass"] = "gold";
        settings["Limits:RateClasses:gold"] = "3";
        settings["Limits:RateClasses:slow"] = "0.5";
        settings["Limits:CallsPerSecond"] = "1";
        settings["Limits:CallBurst"] = "2";
        await using var server = HubServer.Start(settings, clock);
        await using var standard = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await using var gold = await HubProbe.ConnectAsync(server.Uri, Quiet, key: null, headers: [("Authorization", "Bearer the-token")]);

        Assert.Equal(2, await AcceptedAsync(standard));
        Assert.Equal(6, await AcceptedAsync(gold));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await AcceptedAsync(standard));
        Assert.Equal(3, await AcceptedAsync(gold));

        static async Task<int> AcceptedAsync(HubProbe probe)
        {
            var accepted = 0;
            for (var i = 0; i < 10; i++)
            {
                accepted += (await probe.CallAsync("Unsubscribe", new { id = "a" })).TryGetProperty("error", out _) ? 0 : 1;
            }

            return accepted;
        }
    }

    [Fact]
    public async Task P195_the_refusal_of_an_address_names_the_limit_and_when_to_come_again()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Limits:ConnectsPerMinute"] = "1" });
        using var http = server.Http();

        using var first = await http.PostAsync(new Uri(Callers.Negotiate, UriKind.Relative), null, TestContext.Current.CancellationToken);
        using var second = await http.PostAsync(new Uri(Callers.Negotiate, UriKind.Relative), null, TestContext.Current.CancellationToken);
        var body = await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(429, (int)second.StatusCode);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("1 attempts to connect per address in 60 s", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task P195_a_principal_holds_so_many_connections_at_a_time()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Limits:ConnectionsPerPrincipal"] = "2" }, keys: [("other", "other-key", "*")]);
        await using var first = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await using var second = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await first.CallAsync("Ping");
        await second.CallAsync("Ping");

        Assert.Equal("429 CONNECTION_LIMIT", await server.NegotiateAsync("", ("X-API-Key", HubServer.AdminKey)));
        Assert.Equal("429", await server.UpgradeAsync("", ("X-API-Key", HubServer.AdminKey)));
        Assert.Equal("200", await server.NegotiateAsync("", ("X-API-Key", "other-key")));
        await first.DisposeAsync();
        await server.WaitForConnectionsAsync(1);
        await using var third = await HubProbe.ConnectAsync(server.Uri, Quiet);
        Assert.Equal("pong", (await third.CallAsync("Ping")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task P195_a_full_server_says_so()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Limits:MaxConnections"] = "1" });
        await using var first = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await first.CallAsync("Ping");

        Assert.Equal("503 UNAVAILABLE", await server.NegotiateAsync("", ("X-API-Key", HubServer.AdminKey)));
    }

    [Fact]
    public async Task P196_calls_beyond_the_pace_are_refused_with_the_limit_and_when_to_try_again()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(
            new Dictionary<string, string?> { ["Limits:CallsPerSecond"] = "1", ["Limits:CallBurst"] = "2" }, clock);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);

        await probe.CallAsync("Unsubscribe", new { id = "a" });
        await probe.CallAsync("Unsubscribe", new { id = "b" });
        var refused = (await probe.CallAsync("Unsubscribe", new { id = "c" })).GetProperty("error");
        clock.Advance(TimeSpan.FromSeconds(1));
        var later = await probe.CallAsync("Unsubscribe", new { id = "d" });

        Assert.Equal(("RATE_LIMIT", true, 1_000), (refused.GetProperty("code").GetString(), refused.GetProperty("retryable").GetBoolean(), refused.GetProperty("retry_after_ms").GetInt32()));
        Assert.Equal("1 calls per connection in 1 s, 2 at once", refused.GetProperty("details").GetProperty("limit").GetString());
        Assert.False(later.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task P196_a_principal_has_one_pace_over_all_its_connections_and_requests()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(
            new Dictionary<string, string?> { ["Limits:PrincipalCallsPerSecond"] = "1", ["Limits:PrincipalCallBurst"] = "2" }, clock, [("other", "other-key", "*")]);
        await using var first = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await using var second = await HubProbe.ConnectAsync(server.Uri, Quiet);

        await first.CallAsync("Unsubscribe", new { id = "a" });
        await second.CallAsync("Unsubscribe", new { id = "a" });
        var refused = (await second.CallAsync("Unsubscribe", new { id = "a" })).GetProperty("error");

        Assert.Equal("RATE_LIMIT", refused.GetProperty("code").GetString());
        Assert.Equal("429 RATE_LIMIT", await server.GetAsync("/auth/me", ("X-API-Key", HubServer.AdminKey)));
        Assert.Equal("200", await server.GetAsync("/auth/me", ("X-API-Key", "other-key")));
    }

    [Fact]
    public async Task P196_a_connection_has_so_many_streams_open()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Limits:StreamsPerConnection"] = "1" });
        using var http = server.Http();
        await http.PublishAsync(new { type = "job.started", payload = new { job_id = "a", job_type = "t", started_at = "2026-01-01T00:00:00Z" } }, "job:a");
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/jobs");
        await using var open = probe.StreamAsync("StreamLogs", new { job_id = "a" }).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await open.MoveNextAsync();

        var refused = Assert.Single(await probe.StreamAsync("StreamLogs", new { job_id = "a" }).ToListAsync(TestContext.Current.CancellationToken));

        var error = refused.GetProperty("error");
        Assert.Equal(("MAX_STREAMS_REACHED", "1 streams per connection"), (error.GetProperty("code").GetString(), error.GetProperty("details").GetProperty("limit").GetString()));
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("refused")]
    public async Task P197_a_persistent_offender_is_closed_and_has_to_wait(string kind)
    {
        var clock = new ManualTimeProvider();
        var settings = new Dictionary<string, string?> { ["Limits:FaultsPerMinute"] = "5" };
        if (kind == "refused")
        {
            settings["Limits:CallsPerSecond"] = settings["Limits:CallBurst"] = "1";
        }

        await using var server = HubServer.Start(settings, clock, [("other", "other-key", "*")]);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        for (var i = 0; i < 7; i++)
        {
            await probe.BeginCallAsync(kind == "unknown" ? "DropAllTables" : "Unsubscribe", new { id = "a" });
        }

        var control = (await probe.WaitForAsync("Control"))[0];
        await probe.WaitForCloseAsync();

        Assert.Equal(("SESSION_CLOSED", false, 60_000), (control["code"].GetString(), control["reconnect"].GetBoolean(), control["retry_after_ms"].GetInt32()));
        Assert.Equal("429 RATE_LIMIT", await server.NegotiateAsync("", ("X-API-Key", HubServer.AdminKey)));
        Assert.Equal("200", await server.NegotiateAsync("", ("X-API-Key", "other-key")));
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("200", await server.NegotiateAsync("", ("X-API-Key", HubServer.AdminKey)));
    }

    [Fact]
    public async Task P195_unfinished_handshakes_are_few_and_end()
    {
        await using var server = HubServer.Start(
            new Dictionary<string, string?> { ["Limits:MaxPendingHandshakes"] = "3", ["Limits:HandshakeTimeout"] = "00:00:01" });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var sockets = new List<ClientWebSocket>();
        for (var i = 0; i < 3; i++)
        {
            var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("X-API-Key", HubServer.AdminKey);
            await socket.ConnectAsync(new Uri($"ws://{server.Uri.Authority}{Quiet}"), limit.Token);
            sockets.Add(socket);
        }

        var refused = await server.UpgradeAsync("", ("X-API-Key", HubServer.AdminKey));
        foreach (var socket in sockets)
        {
            // The server's words at the end, if any, are of no interest; its end is.
            var buffer = new byte[1_024];
            while (socket.State == WebSocketState.Open && (await socket.ReceiveAsync(buffer, limit.Token)).MessageType != WebSocketMessageType.Close)
            {
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            socket.Dispose();
        }

        Assert.Equal("503", refused);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        Assert.Equal("pong", (await probe.CallAsync("Ping")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task P198_a_connection_lives_only_so_long()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Limits:MaxSessionLength"] = "00:10:00" }, clock);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events");
        await probe.WaitForAsync("Subscribed");

        clock.Advance(TimeSpan.FromMinutes(10));
        var control = (await probe.WaitForAsync("Control"))[0];

        Assert.Equal(("SESSION_TOO_LONG", true), (control["code"].GetString(), control["reconnect"].GetBoolean()));
    }
}
