using System.Net.Http.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Auth;

public sealed class LiveCredentialTests : IDisposable
{
    private readonly JwtMint _mint = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        _mint.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public async Task P188_an_expired_credential_is_told_and_25_seconds_later_the_connection_ends_in_mid_stream()
    {
        await using var server = Start();
        using var http = server.Http();
        await using var probe = await ConnectAsync(server, "/hubs/events");
        await probe.CallAsync("Subscribe", new { events = new[] { "*" } });

        _clock.Advance(TimeSpan.FromMinutes(10));
        var notice = (await probe.WaitForAsync("Error"))[0];
        await http.PublishAsync(SampleEvent.Security(1));
        await probe.WaitForAsync("Event");
        _clock.Advance(TimeSpan.FromSeconds(24));
        var isStillOpen = probe.All.All(p => p.Target != "Control");
        _clock.Advance(TimeSpan.FromSeconds(1));
        var control = (await probe.WaitForAsync("Control"))[0];

        Assert.True(isStillOpen);
        Assert.Equal(("CREDENTIAL_EXPIRED", 25_000), (notice["error"].GetProperty("code").GetString(), notice["error"].GetProperty("retry_after_ms").GetInt32()));
        Assert.Equal(("CREDENTIAL_EXPIRED", true), (control["code"].GetString(), control["reconnect"].GetBoolean()));
    }

    [Fact]
    public async Task P189_a_refresh_within_the_grace_keeps_the_connection()
    {
        await using var server = Start();
        await using var probe = await ConnectAsync(server, "/hubs/events");
        await probe.CallAsync("Subscribe", new { events = new[] { "*" } });

        _clock.Advance(TimeSpan.FromMinutes(10));
        await probe.WaitForAsync("Error");
        var result = await probe.CallAsync("RefreshCredential", new { access_token = _mint.Token("RS256", _clock.GetUtcNow()) });
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.False(result.TryGetProperty("error", out _));
        Assert.Equal("2026-01-01T00:20:00.000Z", result.GetProperty("expires_at").GetString());
        Assert.Equal("pong", (await probe.CallAsync("Ping")).GetProperty("type").GetString());
        Assert.DoesNotContain(probe.All, p => p.Target == "Control");
    }

    [Fact]
    public async Task P189_a_refresh_ends_what_the_new_credential_no_longer_allows_subscriptions_and_streams_alike()
    {
        await using var server = Start();
        using var http = server.Http();
        await http.PublishAsync(new { type = "job.started", payload = new { job_id = "a", job_type = "t", started_at = "2026-01-01T00:00:00Z" } }, "job:a");
        await using var probe = await ConnectAsync(server, "/hubs/jobs");
        await probe.CallAsync("SubscribeJob", new { job_id = "a" });
        await using var stream = probe.StreamAsync("StreamLogs", new { job_id = "a" }).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await stream.MoveNextAsync();
        await stream.MoveNextAsync();

        var result = await probe.CallAsync("RefreshCredential", new { access_token = _mint.Token("RS256", _clock.GetUtcNow(), new() { ["scope"] = "events:read" }) });
        var ended = (await probe.WaitForAsync("Unsubscribed"))[0];
        await stream.MoveNextAsync();
        var again = await probe.CallAsync("SubscribeJob", new { job_id = "a" });

        Assert.Equal("job:a", Assert.Single(result.GetProperty("ended").EnumerateArray()).GetString());
        Assert.Equal("CHANNEL_FORBIDDEN", ended["reason"].GetString());
        Assert.Equal("CHANNEL_FORBIDDEN", stream.Current.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("FORBIDDEN", again.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task P189_a_refresh_keeps_the_user_and_needs_a_good_credential()
    {
        await using var server = Start();
        await using var probe = await ConnectAsync(server, "/hubs/events");

        var other = await RefreshAsync(probe, new { access_token = _mint.Token("RS256", _clock.GetUtcNow(), new() { ["sub"] = "bob" }) });
        var bad = await RefreshAsync(probe, new { access_token = "eyJ.eyJ.x" });
        var none = await RefreshAsync(probe, new { });
        var ticket = await RefreshAsync(probe, new { access_token = await TicketTests.IssueAsync(server) });

        Assert.Equal(("PRINCIPAL_MISMATCH", "INVALID_TOKEN", "INVALID_REQUEST", "TICKET_NEEDS_WEBSOCKET"), (other, bad, none, ticket));
        Assert.Equal("pong", (await probe.CallAsync("Ping")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task P282_a_connection_is_told_when_its_credential_ends_and_when_to_refresh_it()
    {
        await using var server = Start();
        await using var probe = await ConnectAsync(server, "/hubs/events");
        await using var endless = await HubProbe.ConnectAsync(server.Uri, "/hubs/events");

        var term = (await probe.WaitForAsync("CredentialTerm"))[0];
        _clock.Advance(TimeSpan.FromMinutes(2));
        var result = await probe.CallAsync("RefreshCredential", new { access_token = _mint.Token("RS256", _clock.GetUtcNow()) });
        await endless.CallAsync("Ping");

        Assert.Equal(("2026-01-01T00:10:00.000Z", 300_000), (term["expires_at"].GetString(), term["refresh_after_ms"].GetInt32()));
        Assert.Equal(("2026-01-01T00:12:00.000Z", 300_000), (result.GetProperty("expires_at").GetString(), result.GetProperty("refresh_after_ms").GetInt32()));
        Assert.DoesNotContain(endless.All, p => p.Target == "CredentialTerm");
    }

    [Theory]
    [InlineData(8 * 3_600, 8 * 3_600 - 300)]
    [InlineData(600, 300)]
    [InlineData(60, 30)]
    [InlineData(-5, 0)]
    public void P282_a_credential_is_refreshed_at_half_of_its_time_or_five_minutes_before_its_end(int seconds, int refreshAfter)
    {
        var now = DateTimeOffset.UnixEpoch;

        Assert.Equal(refreshAfter * 1_000L, RealtimeHub.Protocol.Notices.CredentialTerm.Of(now.AddSeconds(seconds), now).RefreshAfterMs);
    }

    [Fact]
    public async Task P283_revoking_a_key_ends_the_sessions_that_were_begun_with_it()
    {
        await using var server = HubServer.Start(clock: _clock, keys: [("desk", "desk-key", "events:read")]);
        var (cookie, _, _) = await SessionTests.BeginAsync(server, "desk-key");
        var (others, _, _) = await SessionTests.BeginAsync(server);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events", key: null, headers: [("Cookie", cookie)]);
        await probe.CallAsync("Ping");
        using var http = server.Http();

        using var revoked = await http.PostAsJsonAsync("/auth/revocations", new { credential = "api_key:desk" }, TestContext.Current.CancellationToken);
        var control = (await probe.WaitForAsync("Control"))[0];

        Assert.Equal("CREDENTIAL_REVOKED", control["code"].GetString());
        Assert.Equal("401 CREDENTIAL_REVOKED", await server.NegotiateAsync("", ("Cookie", cookie)));
        Assert.Equal("200", await server.NegotiateAsync("", ("Cookie", others)));
    }

    [Fact]
    public async Task P190_a_revoked_key_is_refused_and_its_connections_end()
    {
        await using var server = HubServer.Start(clock: _clock, keys: [("desk", "desk-key", "events:read")]);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events", "desk-key");
        await probe.CallAsync("Ping");
        using var http = server.Http();

        using var revoked = await http.PostAsJsonAsync("/auth/revocations", new { credential = "api_key:desk" }, TestContext.Current.CancellationToken);
        var control = (await probe.WaitForAsync("Control"))[0];
        await probe.WaitForCloseAsync();

        Assert.Equal(204, (int)revoked.StatusCode);
        Assert.Equal(("CREDENTIAL_REVOKED", false), (control["code"].GetString(), control["reconnect"].GetBoolean()));
        Assert.Equal("401 CREDENTIAL_REVOKED", await server.NegotiateAsync("", ("X-API-Key", "desk-key")));
    }

    [Fact]
    public async Task P190_a_revocation_in_the_shared_file_is_heard_of_within_a_second_and_outlives_a_restart()
    {
        var settings = new Dictionary<string, string?> { ["Auth:RevocationFile"] = _file };
        await using (var server = HubServer.Start(settings, _clock, [("desk", "desk-key", "events:read")]))
        {
            await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events", "desk-key");
            await probe.CallAsync("Ping");

            await File.AppendAllTextAsync(_file, """{"principal":"desk","at":"2026-01-01T00:00:00.000Z"}""" + "\n", TestContext.Current.CancellationToken);
            _clock.Advance(TimeSpan.FromSeconds(1));

            Assert.Equal("CREDENTIAL_REVOKED", (await probe.WaitForAsync("Control"))[0]["code"].GetString());
        }

        await using var again = HubServer.Start(settings, _clock, [("desk", "desk-key", "events:read")]);
        Assert.Equal("401 CREDENTIAL_REVOKED", await again.NegotiateAsync("", ("X-API-Key", "desk-key")));
    }

    [Fact]
    public async Task P185_revocations_that_cannot_be_read_refuse_everybody()
    {
        await File.WriteAllTextAsync(_file, "not json\n", TestContext.Current.CancellationToken);
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Auth:RevocationFile"] = _file });
        server.Expect("The credential scheme ApiKeyScheme failed");
        server.Expect("Health check revocations");
        server.Expect("could not be checked");

        Assert.Equal("503 AUTH_SERVICE_UNAVAILABLE", await server.NegotiateAsync("", ("X-API-Key", HubServer.AdminKey)));
        using var http = server.Http(null);
        using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)ready.StatusCode);
        Assert.Contains("revocations", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P190_revoking_needs_its_scope()
    {
        await using var server = HubServer.Start(keys: [("desk", "desk-key", "events:*")]);
        using var http = server.Http("desk-key");

        using var refused = await http.PostAsJsonAsync("/auth/revocations", new { credential = "api_key:admin" }, TestContext.Current.CancellationToken);

        Assert.Equal("403 FORBIDDEN", await Callers.AnswerAsync(refused));
    }

    private static async Task<string?> RefreshAsync(HubProbe probe, object request)
    {
        var result = await probe.CallAsync("RefreshCredential", request);
        return result.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;
    }

    private HubServer Start()
    {
        File.WriteAllText(_file, _mint.KeySet("RS256"));
        return HubServer.Start(
            new Dictionary<string, string?>
            {
                ["Auth:Jwt:0:Issuer"] = JwtMint.Issuer,
                ["Auth:Jwt:0:Audience"] = JwtMint.Audience,
                ["Auth:Jwt:0:ClockSkew"] = "00:00:00",
                ["Auth:Jwt:0:JwksFile"] = _file,
            },
            _clock);
    }

    private Task<HubProbe> ConnectAsync(HubServer server, string hub) =>
        HubProbe.ConnectAsync(server.Uri, $"{hub}?receive_all=false", key: null, headers: [("Authorization", $"Bearer {_mint.Token("RS256", _clock.GetUtcNow())}")]);
}
