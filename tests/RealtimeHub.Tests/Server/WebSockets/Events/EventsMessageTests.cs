using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.WebSockets.Events;

public class EventsMessageTests
{
    [Theory]
    [InlineData("""{"type":"resync","data":{"channel":"events","last_sequence":2}}""")]
    [InlineData("""{"type":"resync","channel":"events","last_sequence":2}""")]
    public async Task P344_resync_replays_what_followed_in_both_shapes(string request)
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await probe.AskAsync("ping");
        await http.PublishManyAsync(4);
        await probe.WaitForAsync("event", 4);

        await probe.SendAsync(request);
        var answer = await probe.NextAsync("resync_ack");

        var replayed = probe.All.Where(m => m.TryGetProperty("replay", out _)).ToList();
        Assert.Equal([3L, 4L], replayed.Select(m => m.GetProperty("seq").GetInt64()));
        Assert.Equal([3, 4], replayed.Select(m => m.GetProperty("data").GetProperty("id").GetInt32()));
        Assert.Equal("""{"type":"resync_ack","channel":"events","last_sequence":2,"replayed_count":2}""", answer.GetRawText());
    }

    [Fact]
    public async Task P344_what_is_no_longer_kept_is_told_and_nothing_missing_is_not()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?>
        {
            ["Channels:Retention:0:Family"] = "events",
            ["Channels:Retention:0:MaxFrames"] = "10",
        });
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await probe.AskAsync("ping");
        for (var i = 0; i < 3; i++)
        {
            await http.PublishManyAsync(5, (i * 5) + 1);
            await probe.WaitForAsync("event", (i + 1) * 5);
        }

        await probe.SendAsync(new { type = "resync", data = new { last_sequence = 5 } });
        var exact = await probe.NextAsync("resync_ack");
        await probe.SendAsync(new { type = "resync" });
        var old = await probe.NextAsync("resync_ack");

        Assert.Equal((10, false), (exact.GetProperty("replayed_count").GetInt32(), exact.TryGetProperty("gap_too_old", out _)));
        Assert.Equal(("unknown", 10, true, 6), (
            old.GetProperty("channel").GetString(), old.GetProperty("replayed_count").GetInt32(), old.GetProperty("gap_too_old").GetBoolean(), old.GetProperty("oldest_available").GetInt64()));
    }

    [Fact]
    public async Task P344_a_batch_is_replayed_as_it_was()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["WebSockets:Events:BatchMaxMessages"] = "2" });
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await probe.AskAsync("ping");
        await http.PublishLinesAsync(Enumerable.Range(1, 2).Select(i => (object)new { type = "detection.new", payload = new { detection_id = i, label = "cat", confidence = 0.5, camera_id = "c" } }));
        await probe.NextAsync("batch");

        await probe.SendAsync(new { type = "resync", data = new { channel = "events", last_sequence = 0 } });
        var again = await probe.NextAsync("batch");

        Assert.Equal((1, 2, true), (again.GetProperty("seq").GetInt64(), again.GetProperty("count").GetInt32(), again.GetProperty("replay").GetBoolean()));
    }

    [Theory]
    [InlineData("""{"type":"ack","sequence":1}""")]
    [InlineData("""{"type":"ack","data":{"seq":1}}""")]
    public async Task P345_what_is_acknowledged_is_not_escalated_and_what_is_not_comes_again(string ack)
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await probe.AskAsync("ping");
        await http.PublishAsync(SampleEvent.Security(1, 90, "critical"));
        await http.PublishAsync(SampleEvent.Security(2, 90, "critical"));
        await probe.WaitForAsync("event", 2);

        await probe.SendAsync(ack);
        await probe.SettleAsync();
        clock.Advance(TimeSpan.FromSeconds(3));
        var events = await probe.WaitForAsync("event", 3);

        Assert.Equal([1, 2, 2], events.Select(e => e.GetProperty("data").GetProperty("id").GetInt32()));
        Assert.Equal([1L, 2L, 3L], events.Select(e => e.GetProperty("seq").GetInt64()));
    }

    [Theory]
    [InlineData("not json {", "invalid_json")]
    [InlineData("null", "invalid_message_format")]
    [InlineData("[\"ping\"]", "invalid_message_format")]
    [InlineData("""{"data":{"key":"value"}}""", "invalid_message_format")]
    [InlineData("""{"action":"subscribe","events":["alert.*"]}""", "invalid_message_format")]
    [InlineData("""{"type":"subscribe","data":["alert.*"]}""", "invalid_message_format")]
    [InlineData("""{"type":"dance"}""", "unknown_message_type")]
    [InlineData("""{"type":"subscribe","data":{"events":[]}}""", "validation_error")]
    [InlineData("""{"type":"subscribe"}""", "validation_error")]
    [InlineData("""{"type":"resync","data":{"last_sequence":"many"}}""", "validation_error")]
    [InlineData("""{"type":"ack","sequence":99}""", "validation_error")]
    public async Task P340_what_is_wrong_is_answered_and_the_connection_lives(string message, string error)
    {
        await using var server = HubServer.Start();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");

        var refused = await probe.AskAsync(message);
        var alive = await probe.AskAsync("""{"type":"ping","extra":1}""");

        Assert.Equal(("error", error), (refused.GetProperty("type").GetString(), refused.GetProperty("error").GetString()));
        Assert.NotEmpty(refused.GetProperty("message").GetString()!);
        Assert.Equal("pong", alive.GetProperty("type").GetString());
    }

    [Fact]
    public async Task P340_what_is_wrong_names_its_details()
    {
        await using var server = HubServer.Start();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");

        var text = await probe.AskAsync(new string('x', 200));
        var type = await probe.AskAsync(new { type = "dance" });
        var format = await probe.AskAsync("{}");
        var large = await probe.AskAsync(new string('x', 65_537));
        var fits = await probe.AskAsync(new string('é', 65_536));

        Assert.Equal(100, text.GetProperty("details").GetProperty("raw_data_preview").GetString()!.Length);
        Assert.Equal("""["ping","pong","subscribe","unsubscribe","resync"]""", type.GetProperty("details").GetProperty("supported_types").GetRawText());
        Assert.Equal(JsonValueKind.Array, format.GetProperty("details").GetProperty("validation_errors").ValueKind);
        Assert.Equal("Message too large (65537 bytes, max 65536)", large.GetProperty("error").GetString());
        Assert.Equal("invalid_json", fits.GetProperty("error").GetString());
    }

    [Fact]
    public async Task P346_the_server_pings_with_the_newest_number_and_closes_who_says_nothing()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["WebSockets:Events:PingInterval"] = "00:00:10", ["WebSockets:Events:IdleTimeout"] = "00:00:40" }, clock);
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await probe.AskAsync("ping");
        await http.PublishManyAsync(3);
        await probe.WaitForAsync("event", 3);

        clock.Advance(TimeSpan.FromSeconds(11));
        var ping = await probe.NextAsync("ping");
        await probe.SendAsync(new { type = "pong" });
        await probe.SendAsync("{");
        await probe.NextAsync("error");
        clock.Advance(TimeSpan.FromSeconds(30));
        await probe.NextAsync("ping");
        clock.Advance(TimeSpan.FromSeconds(10.5));

        Assert.Equal(3, ping.GetProperty("lastSeq").GetInt64());
        Assert.Equal((1000, "Idle timeout"), (await probe.WaitForCloseAsync(), probe.CloseText));
    }

    [Fact]
    public async Task P347_too_many_messages_are_refused_and_then_the_connection_is_closed()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?>
        {
            ["Limits:CallsPerSecond"] = "1",
            ["Limits:CallBurst"] = "2",
            ["Limits:FaultsPerMinute"] = "3",
        });
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");

        for (var i = 0; i < 10; i++)
        {
            await probe.SendAsync("ping");
        }

        Assert.Equal(1008, await probe.WaitForCloseAsync());
        Assert.Contains(probe.All, m => m.TryGetProperty("error", out var error) && error.GetString() == "rate_limit_exceeded");
        await using var again = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        Assert.Equal(1008, await again.WaitForCloseAsync());
    }
}
