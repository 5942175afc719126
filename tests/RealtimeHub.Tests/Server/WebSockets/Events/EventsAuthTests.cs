using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.WebSockets.Events;

public class EventsAuthTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("?api_key=wrong", null)]
    [InlineData("?token=wrong", null)]
    [InlineData("", "wrong")]
    [InlineData("", "no-events")]
    public async Task P348_without_a_good_credential_the_connection_is_closed_with_1008(string query, string? key)
    {
        await using var server = HubServer.Start(keys: [("jobs", "no-events", "jobs:read")]);
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events" + query, key);

        Assert.Equal(1008, await probe.WaitForCloseAsync());
    }

    [Fact]
    public async Task P348_a_key_may_stand_in_the_url_or_among_the_subprotocols_which_are_echoed()
    {
        await using var server = HubServer.Start();
        await using var query = await PlainProbe.ConnectAsync(server.Uri, $"/ws/events?api_key={HubServer.AdminKey}", null);
        await using var subprotocol = await PlainProbe.ConnectAsync(server.Uri, "/ws/events", null, null, $"api-key.{HubServer.AdminKey}");

        Assert.Equal("pong", (await query.AskAsync("ping")).GetProperty("type").GetString());
        Assert.Equal("pong", (await subprotocol.AskAsync("ping")).GetProperty("type").GetString());
        Assert.Equal($"api-key.{HubServer.AdminKey}", subprotocol.Subprotocol);
    }

    [Theory]
    [InlineData(HubServer.AdminKey, true)]
    [InlineData("wrong", false)]
    public async Task P348_the_first_message_may_carry_the_token_where_that_is_configured(string token, bool isGood)
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["WebSockets:Events:FirstMessageAuth"] = "true" });
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events", null);

        await probe.SendAsync(new { type = "auth", token });
        if (isGood)
        {
            Assert.Equal("pong", (await probe.AskAsync("ping")).GetProperty("type").GetString());
        }
        else
        {
            Assert.Equal(4001, await probe.WaitForCloseAsync());
        }
    }

    [Fact]
    public async Task P348_anybody_may_read_where_that_is_configured()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["WebSockets:Events:Anonymous"] = "true" });
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events", null);
        await using var wrong = await PlainProbe.ConnectAsync(server.Uri, "/ws/events", "wrong");

        Assert.Equal("pong", (await probe.AskAsync("ping")).GetProperty("type").GetString());
        Assert.Equal(1008, await wrong.WaitForCloseAsync());
    }

    [Fact]
    public async Task P348_attempts_are_counted_and_refused_with_1008()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Limits:ConnectsPerMinute"] = "2" });
        await using var first = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await using var second = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await using var third = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");

        Assert.Equal("pong", (await second.AskAsync("ping")).GetProperty("type").GetString());
        Assert.Equal(1008, await third.WaitForCloseAsync());
        Assert.Equal("pong", (await first.AskAsync("ping")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task P348_a_credential_that_expires_is_told_may_be_refreshed_and_else_closes_with_4002()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(new Dictionary<string, string?>
        {
            ["Auth:ApiKeys:1:ExpiresAt"] = clock.GetUtcNow().AddMinutes(1).ToString("O"),
        }, clock, [("short", "short-key", "events:read")]);
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events", "short-key");
        await probe.AskAsync("ping");

        clock.Advance(TimeSpan.FromSeconds(61));
        var told = await probe.NextAsync("error");
        clock.Advance(TimeSpan.FromSeconds(24.5));

        Assert.Equal("token_expiring", told.GetProperty("error").GetString());
        Assert.Equal(4002, await probe.WaitForCloseAsync());
    }

    [Fact]
    public async Task P348_a_credential_of_the_same_principal_may_take_the_place_of_one_that_expires()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(new Dictionary<string, string?>
        {
            ["Auth:ApiKeys:1:ExpiresAt"] = clock.GetUtcNow().AddMinutes(1).ToString("O"),
            ["Auth:Tokens:0:Id"] = "short",
            ["Auth:Tokens:0:Scopes:0"] = "events:read",
            ["Auth:Tokens:0:Sha256"] = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("long-token"u8)),
        }, clock, [("short", "short-key", "events:read")]);
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events", "short-key");

        var wrong = await probe.AskAsync(new { type = "token_refresh", token = HubServer.AdminKey });
        var right = await probe.AskAsync(new { type = "token_refresh", token = "long-token" });
        clock.Advance(TimeSpan.FromSeconds(100));
        await probe.SettleAsync();

        Assert.Equal("principal_mismatch", wrong.GetProperty("error").GetString());
        Assert.Equal("token_refreshed", right.GetProperty("type").GetString());
    }

    [Fact]
    public async Task P349_a_server_that_stops_closes_with_1012()
    {
        await using var server = HubServer.Start();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await probe.AskAsync("ping");

        await server.DisposeAsync();

        Assert.Equal(1012, await probe.WaitForCloseAsync());
    }
}
