using System.Globalization;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Redis;

/// <summary>Acknowledgement across nodes: a consumer is one, wherever it is connected.</summary>
public sealed class NodesAckTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private const string Hub = "/hubs/events?receive_all=false";

    [Fact]
    public async Task P320_what_was_not_acknowledged_on_one_node_comes_again_on_another_and_what_was_does_not()
    {
        var settings = Settings();
        await using var first = Start(settings);
        await using var second = Start(settings);
        using var http = first.Http();
        await using (var desk = await ConnectAsync(first))
        {
            await http.PublishAsync(SampleEvent.Security(1, 90, "critical"));
            await http.PublishAsync(SampleEvent.Security(2, 90, "critical"));
            await desk.WaitForAsync("Event", 2);
            var acked = await desk.CallAsync("Ack", new { channel = "events", sequences = new[] { 1 } });
            Assert.Equal(1, acked.GetProperty("unacknowledged").GetInt32());
        }

        await using var elsewhere = await HubProbe.ConnectAsync(second.Uri, Hub);
        await WaitForAsync(elsewhere, 1);
        var again = (await elsewhere.WaitForAsync("Event"))[0];

        Assert.Equal(2, again["sequence"].GetInt64());
        var settled = await elsewhere.CallAsync("Ack", new { channel = "events", sequences = new[] { 2 } });
        Assert.Equal(0, settled.GetProperty("unacknowledged").GetInt32());
    }

    [Fact]
    public async Task P320_a_frame_that_nobody_acknowledges_escalates_once_whatever_the_number_of_nodes()
    {
        var settings = Settings();
        settings["Acks:MaxRedeliveries"] = "1";
        settings["Acks:BaseDelay"] = "00:00:00.2";
        await using var first = Start(settings);
        await using var second = Start(settings);
        using var http = first.Http();
        await using var watcher = await HubProbe.ConnectAsync(second.Uri, "/hubs/events");
        var escalated = watcher.WaitAsync(all => all.Any(p => p.Target == "Event" && p["type"].GetString() == "event.escalated"), "the escalation");

        await http.PublishAsync(SampleEvent.Security(1, 90, "critical"));
        await escalated;
        await http.PublishAsync(SampleEvent.Security(2));
        await watcher.WaitAsync(all => all.Any(p => p.Target == "Event" && p["payload"].TryGetProperty("id", out var id) && id.ToString() == "2"), "the event after it");

        Assert.Single(watcher.All, p => p.Target == "Event" && p["type"].GetString() == "event.escalated");
    }

    private static HubServer Start(Dictionary<string, string?> settings)
    {
        var server = HubServer.Start(settings);
        server.Expect("was not acknowledged");
        return server;
    }

    private static async Task<HubProbe> ConnectAsync(HubServer server)
    {
        var probe = await HubProbe.ConnectAsync(server.Uri, Hub);
        await probe.CallAsync("Subscribe", new { events = new[] { "*" }, consumer = "desk" });
        return probe;
    }

    // What the first node was told is heard on the second a moment later; the subscription says how much still waits.
    private static async Task WaitForAsync(HubProbe probe, int unacknowledged)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (true)
        {
            var result = await probe.CallAsync("Subscribe", new { events = new[] { "*" }, consumer = "desk" });
            if (result.GetProperty("subscription").TryGetProperty("unacknowledged", out var count) && count.GetInt32() == unacknowledged)
            {
                return;
            }

            await probe.CallAsync("UnsubscribeEvents", new { });
            await probe.CallAsync("Unsubscribe", new { id = "events" });
            await Task.Delay(50, limit.Token);
        }
    }

    private Dictionary<string, string?> Settings()
    {
        var settings = HubNodes.Settings(redis.Server.Endpoint, string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid():N}:"));
        settings["Acks:BaseDelay"] = "00:00:30";
        return settings;
    }
}
