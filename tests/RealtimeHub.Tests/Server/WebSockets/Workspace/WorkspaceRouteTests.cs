using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Hubs.Workspace;

namespace RealtimeHub.Tests.Server.WebSockets.Workspace;

public class WorkspaceRouteTests
{
    [Fact]
    public async Task P354_what_happens_is_told_in_envelopes()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var http = server.Http(WorkspaceServer.Bob);
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws", WorkspaceServer.Ada);

        var subscribed = await probe.AskAsync(new { type = "subscribe", channel = "spec:spec-1" });
        await probe.AskAsync(new { type = "subscribe", channel = "spec:spec-1" });
        await http.PublishAsync(WorkspaceServer.Updated(3), "spec:spec-1");
        var updated = await probe.NextAsync("spec_updated");
        var gone = await probe.AskAsync(new { type = "unsubscribe", channel = "spec:spec-1" });
        var again = await probe.AskAsync(new { type = "unsubscribe", channel = "spec:spec-1" });
        await http.PublishAsync(WorkspaceServer.Updated(4), "spec:spec-1");
        await probe.SettleAsync();

        Assert.Equal(("subscribed", "spec:spec-1"), (subscribed.GetProperty("type").GetString(), subscribed.GetProperty("payload").GetProperty("channel").GetString()));
        Assert.Equal(["type", "channel", "timestamp", "eventId", "encoding", "payload"], updated.EnumerateObject().Select(m => m.Name));
        Assert.Equal(("spec:spec-1", "json", 3), (
            updated.GetProperty("channel").GetString(), updated.GetProperty("encoding").GetString(), updated.GetProperty("payload").GetProperty("version").GetInt32()));
        Assert.True(gone.GetProperty("payload").GetProperty("removed").GetBoolean());
        Assert.False(again.GetProperty("payload").GetProperty("removed").GetBoolean());
        Assert.Single(probe.All, m => m.GetProperty("type").GetString() == "spec_updated");
    }

    [Theory]
    [InlineData("""{"type":"subscribe","channel":"spec:spec-2"}""", "CHANNEL_FORBIDDEN")]
    [InlineData("""{"type":"subscribe","channel":"bogus"}""", "CHANNEL_FORBIDDEN")]
    [InlineData("""{"type":"subscribe","channel":""}""", "INVALID_COMMAND")]
    [InlineData("""{"type":"Subscribe","channel":"team:t1"}""", "INVALID_COMMAND")]
    [InlineData("""{"type":"subscribe","channel":5}""", "INVALID_COMMAND")]
    [InlineData("null", "INVALID_COMMAND")]
    [InlineData("not json", "INVALID_MESSAGE")]
    public async Task P354_what_is_refused_is_answered_and_the_connection_lives(string message, string code)
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws", WorkspaceServer.Ada);

        var error = await probe.AskAsync(message);
        await probe.SendTextAsync("""{"type":"ping"}""", isBinary: true);
        var pong = await probe.NextAsync();

        Assert.Equal(("error", code), (error.GetProperty("type").GetString(), error.GetProperty("payload").GetProperty("code").GetString()));
        Assert.False(error.TryGetProperty("channel", out _));
        Assert.True(pong.GetProperty("payload").GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task P354_room_comes_before_rights_and_a_large_message_closes()
    {
        await using var server = await WorkspaceServer.StartAsync(new() { ["Channels:MaxSubscriptionsPerConnection"] = "1" });
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws", WorkspaceServer.Ada);
        await probe.AskAsync(new { type = "subscribe", channel = "team:t1" });

        var full = await probe.AskAsync(new { type = "subscribe", channel = "team:other" });
        await probe.SendAsync(new string('x', 16_385));

        Assert.Equal("MAX_SUBSCRIPTIONS_REACHED", full.GetProperty("payload").GetProperty("code").GetString());
        Assert.Equal("Connection has reached max subscriptions", full.GetProperty("payload").GetProperty("message").GetString());
        Assert.Equal(1009, await probe.WaitForCloseAsync());
    }

    [Fact]
    public async Task P354_refusals_are_told_over_http()
    {
        await using var server = await WorkspaceServer.StartAsync();

        Assert.Equal(401, await PlainProbe.StatusAsync(server.Uri, "/ws"));
        Assert.Equal(401, await PlainProbe.StatusAsync(server.Uri, $"/ws?api_key={WorkspaceServer.Ada}"));
        Assert.Equal(401, await PlainProbe.StatusAsync(server.Uri, "/ws", ("X-API-Key", "wrong")));
        Assert.Equal(404, await PlainProbe.StatusAsync(server.Uri, "/ws/other", ("X-API-Key", WorkspaceServer.Ada)));
    }

    [Fact]
    public async Task P354_a_client_that_answers_no_ping_is_closed_with_4001_and_one_that_does_lives()
    {
        var clock = new ManualTimeProvider();
        await using var server = await WorkspaceServer.StartAsync(clock: clock);
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws", WorkspaceServer.Ada);
        await probe.SettleAsync();

        clock.Advance(TimeSpan.FromSeconds(29));
        await probe.SettleAsync();
        clock.Advance(TimeSpan.FromSeconds(29));

        // What is paused after a message answers no ping.
        probe.Pause();
        await probe.SettleAsync();
        clock.Advance(TimeSpan.FromSeconds(31.5));
        probe.Resume();

        Assert.Equal((4001, "heartbeat timeout"), (await probe.WaitForCloseAsync(), probe.CloseText));
    }

    [Fact]
    public async Task P354_who_is_there_by_this_route_is_seen_on_the_hub()
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var hub = await server.ConnectAsync(WorkspaceServer.Bob);
        await hub.SubscribeAsync("team:t1", presence: true);
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws", WorkspaceServer.Ada);

        await probe.AskAsync(new { type = "subscribe", channel = "team:t1" });
        var come = await hub.WaitAsync(all => all.Any(p => p.Target == "PresenceDiff" && p.Argument.GetRawText().Contains("ada", StringComparison.Ordinal)), "ada");
        await probe.CloseAsync();
        await hub.WaitAsync(all => all.Count(p => p.Target == "PresenceDiff") > come.Count(p => p.Target == "PresenceDiff"), "ada gone");

        var presence = await hub.CallAsync("Presence", new { channel = "team:t1" });
        Assert.Equal(1, presence.GetProperty("presence").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task P354_a_reader_over_its_limit_is_closed_and_nobody_else_suffers()
    {
        await using var server = await WorkspaceServer.StartAsync();
        server.Expect("SLOW_CONSUMER");
        server.Expect("frames behind");
        using var http = server.Http(WorkspaceServer.Bob);
        await using var slow = await PlainProbe.ConnectAsync(server.Uri, "/ws", WorkspaceServer.Ada);
        await using var quick = await PlainProbe.ConnectAsync(server.Uri, "/ws", WorkspaceServer.Ada);
        await slow.AskAsync(new { type = "subscribe", channel = "team:t1" });
        await quick.AskAsync(new { type = "subscribe", channel = "team:t1" });
        slow.Pause();

        var filler = new string('x', 8_000);
        for (var i = 0; i < 12; i++)
        {
            await http.PublishLinesAsync(Enumerable.Range(0, 100).Select(n => (object)new { type = "log_entry", payload = new { message = filler } }), "team:t1");
            await quick.WaitForAsync("log_entry", (i + 1) * 100);
        }

        await server.WaitForConnectionsAsync(1);
        Assert.Equal(1_200, quick.All.Count(m => m.GetProperty("type").GetString() == "log_entry"));
    }
}
