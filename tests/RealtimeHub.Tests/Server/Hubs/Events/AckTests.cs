using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Events;

public class AckTests
{
    private const string Quiet = "/hubs/events?receive_all=false";

    private static readonly object Watchman = new { events = new[] { "*" }, consumer = "watchman" };

    [Fact]
    public async Task P40_acknowledgement_is_individual_and_tells_the_floor()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", Watchman);
        for (var i = 1; i <= 3; i++)
        {
            await http.PublishAsync(SampleEvent.Security(i, 90, "critical"));
        }

        await http.PublishAsync(SampleEvent.Security(4));
        await probe.WaitForSequenceAsync("Event", 4);

        var second = await probe.CallAsync("Ack", new { channel = "events", sequences = new[] { 2, 4, 9 } });
        var again = await probe.CallAsync("Ack", new { channel = "events", sequences = new[] { 2 } });
        var rest = await probe.CallAsync("Ack", new { channel = "events", sequences = new[] { 1, 3 } });

        Assert.Equal([2], Longs(second, "acknowledged"));
        Assert.Equal([4, 9], Longs(second, "unknown"));
        Assert.Equal((0, 2), (second.GetProperty("floor").GetInt64(), second.GetProperty("unacknowledged").GetInt32()));
        Assert.Equal([2], Longs(again, "acknowledged"));
        Assert.Equal((4, 0), (rest.GetProperty("floor").GetInt64(), rest.GetProperty("unacknowledged").GetInt32()));
    }

    [Fact]
    public async Task P42_P43_an_unacknowledged_event_comes_again_with_backoff_and_then_escalates()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Acks:MaxRedeliveries"] = "2" }, clock);
        server.Expect("was not acknowledged by consumer watchman");
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", Watchman);
        var published = await http.PublishAsync(SampleEvent.Security(1, 90, "critical"));
        await probe.WaitForAsync("Event", 1);

        clock.Advance(TimeSpan.FromSeconds(1));
        await probe.CallAsync("Ping");
        var tooEarly = probe.All.Count(p => p.Target == "Event");
        clock.Advance(TimeSpan.FromSeconds(0.6));
        await probe.WaitForAsync("Event", 2);
        clock.Advance(TimeSpan.FromSeconds(2.8));
        await probe.WaitForAsync("Event", 3);
        clock.Advance(TimeSpan.FromSeconds(5.3));
        var frames = await probe.WaitForAsync("Event", 4);

        Assert.Equal(1, tooEarly);
        Assert.All(frames.Take(3), f => Assert.Equal(published.EventId, f["eventId"].GetString()));
        Assert.Equal("event.escalated", frames[3]["type"].GetString());
        Assert.Equal(published.EventId, frames[3]["correlation_id"].GetString());
        Assert.Equal("watchman", frames[3]["payload"].GetProperty("consumer").GetString());
        Assert.Equal(2, frames[3]["payload"].GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task P42_an_acknowledged_event_does_not_come_again()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", Watchman);
        await http.PublishAsync(SampleEvent.Security(1, 90, "critical"));
        await probe.WaitForAsync("Event", 1);
        await probe.CallAsync("Ack", new { channel = "events", sequences = new[] { 1 } });

        clock.Advance(TimeSpan.FromMinutes(5));
        await http.PublishAsync(SampleEvent.Security(2));
        var frames = await probe.WaitForSequenceAsync("Event", 2);

        Assert.Equal([1, 2], frames.Select(f => f.Sequence));
    }

    [Fact]
    public async Task P42_a_consumer_gets_it_again_at_its_next_connection_after_the_start_notice()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        using var http = server.Http();
        await using (var first = await HubProbe.ConnectAsync(server.Uri, Quiet))
        {
            await first.CallAsync("Subscribe", Watchman);
            await http.PublishAsync(SampleEvent.Security(1, 90, "critical"));
            await first.WaitForAsync("Event", 1);
        }

        await using var second = await HubProbe.ConnectAsync(server.Uri, Quiet);
        var result = await second.CallAsync("Subscribe", Watchman);
        await second.WaitForAsync("Event", 1);
        await using var other = await HubProbe.ConnectAsync(server.Uri, Quiet);
        var stranger = await other.CallAsync("Subscribe", new { events = new[] { "*" }, consumer = "other" });

        Assert.Equal(1, result.GetProperty("subscription").GetProperty("unacknowledged").GetInt32());
        Assert.Equal(["Subscribed", "Event"], second.All.Select(p => p.Target));
        Assert.Equal(0, stranger.GetProperty("subscription").GetProperty("unacknowledged").GetInt32());
    }

    [Fact]
    public async Task P43_with_no_consumer_a_critical_event_escalates_after_the_last_retry()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Acks:MaxRedeliveries"] = "1" }, clock);
        server.Expect("was not acknowledged");
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new { events = new[] { "event.escalated" } });
        await http.PublishAsync(SampleEvent.Security(1, 95, "critical", "garage"));

        clock.Advance(TimeSpan.FromSeconds(10));
        var frame = (await probe.WaitForAsync("Event"))[0];

        Assert.Equal(JsonValueKind.Null, frame["payload"].GetProperty("consumer").ValueKind);
        Assert.Equal("garage", frame["payload"].GetProperty("camera_id").GetString());
        Assert.Equal(1, frame["payload"].GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task P44_our_client_acknowledges_again_without_showing_again()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        using var http = server.Http();
        await using var client = server.Client();
        var shown = new List<string>();
        var handled = new TaskCompletionSource();
        await client.Events.SubscribeAsync(new() { Events = ["*"], Consumer = "desk" }, async (item, token) =>
        {
            if (item.Frame is { } frame)
            {
                shown.Add(frame.EventId);
                if (frame.RequiresAck)
                {
                    await client.Events.AckAsync(frame, token);
                }
                else
                {
                    handled.TrySetResult();
                }
            }
        });

        await http.PublishAsync(SampleEvent.Security(1, 90, "critical"));
        await http.PublishAsync(SampleEvent.Security(2));
        await handled.Task.WaitAsync(TimeSpan.FromSeconds(10));
        server.CutConnections();
        await http.PublishAsync(SampleEvent.Security(3, 90, "critical"));
        clock.Advance(TimeSpan.FromSeconds(2));
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new { events = new[] { "*" }, last = 0 });

        Assert.Equal(shown.Count, shown.Distinct().Count());
    }

    [Fact]
    public async Task P41_a_subscription_without_a_consumer_cannot_acknowledge()
    {
        await using var server = HubServer.Start();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new { events = new[] { "*" } });

        var result = await probe.CallAsync("Ack", new { channel = "events", sequences = new[] { 1 } });

        Assert.Equal("INVALID_REQUEST", result.GetProperty("error").GetProperty("code").GetString());
    }

    private static IEnumerable<long> Longs(JsonElement result, string member) =>
        result.GetProperty(member).EnumerateArray().Select(e => e.GetInt64());
}
