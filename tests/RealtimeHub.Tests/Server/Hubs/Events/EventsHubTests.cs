using System.Net.WebSockets;
using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Events;

public class EventsHubTests
{
    private const string Hub = "/hubs/events";
    private const string Quiet = "/hubs/events?receive_all=false";

    [Fact]
    public async Task P10_subscribed_stands_ahead_of_the_first_frame_and_is_the_call_s_result()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await http.PublishManyAsync(3);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);

        var result = await probe.CallAsync("Subscribe", new { id = "mine", events = new[] { "*" }, last = 2 });
        await probe.WaitForSequenceAsync("Event", 3);

        var pushes = probe.All;
        Assert.Equal(["Subscribed", "Event", "Event"], pushes.Select(p => p.Target));
        Assert.Equal(result.GetProperty("subscription").ToString(), pushes[0].Argument.ToString());
        Assert.Equal(("mine", 1, false), (pushes[0]["id"].GetString(), pushes[0].Sequence, pushes[0]["recovered"].GetBoolean()));
        Assert.Equal([2, 3], pushes.Skip(1).Select(p => p.Sequence));
    }

    [Fact]
    public async Task P1_two_subscribers_get_the_same_frame_with_every_member()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var first = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await using var second = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await first.CallAsync("Subscribe", new { events = new[] { "*" } });
        await second.CallAsync("Subscribe", new { events = new[] { "event" } });

        var published = await http.PublishAsync(SampleEvent.Security(7, 85, "critical"));
        var one = (await first.WaitForAsync("Event"))[0];
        var other = (await second.WaitForAsync("Event"))[0];

        Assert.Equal(one.Argument.GetRawText(), other.Argument.GetRawText());
        Assert.Equal(published.EventId, one["eventId"].GetString());
        Assert.Equal(published.Epoch, one["epoch"].GetString());
        Assert.Equal(1, one.Sequence);
        Assert.True(one["requires_ack"].GetBoolean());
        Assert.Equal("json", one["encoding"].GetString());
        Assert.Equal("critical", one["tags"].GetProperty("severity").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", one["timestamp"].GetString());
    }

    [Fact]
    public async Task P30_patterns_filter_and_underscores_mean_dots()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new { events = new[] { "Camera_*" } });

        await http.PublishAsync(SampleEvent.Security(1));
        await http.PublishAsync(SampleEvent.CameraOffline());
        var frames = await probe.WaitForAsync("Event");

        Assert.Equal(("camera.offline", 2), (frames[0]["type"].GetString(), frames[0].Sequence));
        Assert.Single(frames);
    }

    [Fact]
    public async Task P30_further_patterns_add_up()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new { events = new[] { "camera.*" } });

        var second = await probe.CallAsync("Subscribe", new { events = new[] { "event", "camera.*" } });
        await http.PublishAsync(SampleEvent.Security(1));
        await http.PublishAsync(SampleEvent.CameraOffline());
        await probe.WaitForAsync("Event", 2);

        Assert.Equal(["camera.*", "event"], second.GetProperty("subscription").GetProperty("events").EnumerateArray().Select(e => e.GetString()));
    }

    [Fact]
    public async Task P31_a_connection_receives_everything_until_its_first_subscribe()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);
        await probe.WaitForAsync("Subscribed");

        await http.PublishAsync(SampleEvent.Security(1));
        await probe.WaitForSequenceAsync("Event", 1);
        await probe.CallAsync("Subscribe", new { events = new[] { "camera.*" } });
        await http.PublishAsync(SampleEvent.Security(2));
        await http.PublishAsync(SampleEvent.CameraOffline());
        var frames = await probe.WaitForSequenceAsync("Event", 3);

        Assert.Equal([1, 3], frames.Select(f => f.Sequence));
    }

    [Fact]
    public async Task P32_removing_the_last_pattern_leaves_none_and_no_list_returns_to_everything()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new { events = new[] { "event" } });

        var removed = await probe.CallAsync("UnsubscribeEvents", new { events = new[] { "event", "alert.*" } });
        await http.PublishAsync(SampleEvent.Security(1));
        var all = await probe.CallAsync("UnsubscribeEvents", new { });
        await http.PublishAsync(SampleEvent.Security(2));
        var frames = await probe.WaitForSequenceAsync("Event", 2);

        Assert.Equal(["event"], removed.GetProperty("events").EnumerateArray().Select(e => e.GetString()));
        Assert.False(all.GetProperty("removed").GetBoolean());
        Assert.Equal([2], frames.Select(f => f.Sequence));
    }

    [Fact]
    public async Task P33_a_tag_filter_is_evaluated_on_the_server()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new
        {
            events = new[] { "*" },
            filter = new { and = new object[] { new { tag = "camera_id", op = "in", values = new[] { "garage", "yard" } }, new { not = new { tag = "risk_score", op = "lt", value = "50" } } } },
        });

        await http.PublishAsync(SampleEvent.Security(1, 90, "critical", "front_door"));
        await http.PublishAsync(SampleEvent.Security(2, 10, "low", "garage"));
        await http.PublishAsync(SampleEvent.Security(3, 60, "high", "garage"));
        var frames = await probe.WaitForAsync("Event");

        Assert.Equal([3], frames.Select(f => f.Sequence));
    }

    [Fact]
    public async Task P21_P22_a_heartbeat_tells_positions_after_what_was_skipped()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new { events = new[] { "camera.*" } });
        await http.PublishManyAsync(5);
        await http.PublishAsync(SampleEvent.CameraOffline());
        await probe.WaitForSequenceAsync("Event", 6);
        await http.PublishManyAsync(2, 10);

        // A call that is answered after the fan-out has passed the last two frames over.
        await probe.CallAsync("Ping");
        clock.Advance(TimeSpan.FromSeconds(31));
        var heartbeat = (await probe.WaitForAsync("Heartbeat"))[0];

        var skips = probe.All.Where(p => p.Target == "Skipped").ToList();
        Assert.Equal(7, skips.Sum(s => s["count"].GetInt64()));
        Assert.All(skips, s => Assert.Equal("filtered", s["reason"].GetString()));
        Assert.Equal(8, heartbeat["positions"][0].GetProperty("sequence").GetInt64());
        Assert.Equal(8, heartbeat["positions"][0].GetProperty("newest").GetInt64());
    }

    [Fact]
    public async Task P17_unsubscribe_ends_the_frames_and_can_be_repeated()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new { id = "a", events = new[] { "*" } });

        var first = await probe.CallAsync("Unsubscribe", new { id = "a" });
        var second = await probe.CallAsync("Unsubscribe", new { id = "a" });
        await http.PublishAsync(SampleEvent.Security(1));
        await probe.CallAsync("Subscribe", new { id = "b", events = new[] { "*" } });
        await http.PublishAsync(SampleEvent.Security(2));
        var frames = await probe.WaitForAsync("Event");

        Assert.True(first.GetProperty("removed").GetBoolean());
        Assert.False(second.GetProperty("removed").GetBoolean());
        Assert.Equal([2], frames.Select(f => f.Sequence));
    }

    [Fact]
    public async Task P15_a_channel_under_another_id_conflicts()
    {
        await using var server = HubServer.Start();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new { id = "a", events = new[] { "*" } });

        var result = await probe.CallAsync("Subscribe", new { id = "b", events = new[] { "*" } });

        Assert.Equal("SUBSCRIPTION_CONFLICT", result.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task P80_a_key_without_the_scope_is_answered_forbidden()
    {
        await using var server = HubServer.Start(keys: [("camera", "camera-key", "events:write")]);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub, "camera-key");

        var subscribe = await probe.CallAsync("Subscribe", new { events = new[] { "*" } });
        var publish = await probe.CallAsync("Publish", new { channel = "events", @event = SampleEvent.Security(1) });

        Assert.Equal("FORBIDDEN", subscribe.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(1, publish.GetProperty("sequence").GetInt64());
        Assert.DoesNotContain(probe.All, p => p.Target is "Event" or "Subscribed");
    }

    [Theory]
    [InlineData("/hubs/events")]
    [InlineData("/hubs/system")]
    [InlineData("/hubs/jobs")]
    public async Task P80_an_unknown_key_is_refused_before_the_upgrade(string path)
    {
        await using var server = HubServer.Start();

        var exception = await Assert.ThrowsAsync<WebSocketException>(() => HubProbe.ConnectAsync(server.Uri, path, "nobody-s-key"));

        Assert.Contains("401", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task P50_a_hub_upload_publishes_until_the_first_refusal()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();

        var result = await client.Events.PublishStreamAsync("events", Upload());

        Assert.Equal((2, 1L, 2L), (result.Count, result.FirstSequence, result.LastSequence));
        Assert.Equal("INVALID_PAYLOAD", result.Error?.Code);

        static async IAsyncEnumerable<RealtimeHub.Protocol.Requests.PublishEvent> Upload()
        {
            foreach (var camera in new[] { "a", "b", "" })
            {
                await Task.Yield();
                var text = JsonSerializer.Serialize(new { camera_id = camera, camera_name = "n", timestamp = "2026-01-01T00:00:00Z" });
                using var document = JsonDocument.Parse(text);
                yield return new() { Type = "camera.online", Payload = RealtimeHub.Protocol.Channels.JsonPayload.From(document.RootElement) };
            }
        }
    }
}
