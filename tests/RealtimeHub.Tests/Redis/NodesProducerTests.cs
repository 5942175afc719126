using RealtimeHub.Protocol.Json;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Hubs.Climate;

namespace RealtimeHub.Tests.Redis;

/// <summary>What is produced periodically is produced by one node, and by another when that one has gone.</summary>
public sealed class NodesProducerTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task P323_a_status_is_published_once_an_interval_and_by_the_other_node_when_the_first_has_gone()
    {
        var settings = Settings();
        settings["System:Interval"] = "00:00:01";
        var first = HubServer.Start(settings);
        await using var watcher = await HubProbe.ConnectAsync(first.Uri, "/hubs/system");
        await watcher.CallAsync("Subscribe", new { });
        await watcher.WaitForAsync("Status");
        await using var second = HubServer.Start(settings);
        await using var probe = await HubProbe.ConnectAsync(second.Uri, "/hubs/system");
        await probe.CallAsync("Subscribe", new { });

        var both = Times(await probe.WaitForAsync("Status", 4));
        await first.DisposeAsync();
        var all = Times(await probe.WaitForAsync("Status", 8));

        // Two nodes that both published would need half the time; a delay under load only makes it longer, but for the first.
        Assert.InRange((both[3] - both[0]).TotalSeconds, 2.2, 60);
        Assert.InRange((all[7] - all[5]).TotalSeconds, 1.2, 60);
    }

    [Fact]
    public async Task P323_sample_events_are_those_of_one_household_and_go_on_when_its_node_has_gone()
    {
        var settings = Settings();
        settings["SampleData:Enabled"] = "true";
        settings["SampleData:Speed"] = "1000";
        var first = HubServer.Start(settings);
        first.Expect("A sample event");
        await using var watcher = await HubProbe.ConnectAsync(first.Uri, "/hubs/events");
        await watcher.CallAsync("Subscribe", new { });
        await watcher.WaitForAsync("Event", 2);
        await using var second = HubServer.Start(settings);
        second.Expect("A sample event");
        await using var probe = await HubProbe.ConnectAsync(second.Uri, "/hubs/events");
        await probe.CallAsync("Subscribe", new { });

        var both = Times(await probe.WaitForAsync("Event", 8));
        await first.DisposeAsync();
        var count = (await probe.WaitAsync(_ => true, "what has come")).Count(p => p.Target == "Event");
        var all = Times(await probe.WaitForAsync("Event", count + 8));

        // A thousand times faster than life, two households that began moments apart tell times far apart.
        Assert.Equal(both.Order(), both);
        Assert.InRange(all.Zip(all.Skip(1)).Count(p => p.First > p.Second), 0, 1);
    }

    [Fact]
    public async Task P323_a_climate_frame_is_made_once_and_the_other_node_makes_the_next_when_the_first_has_gone()
    {
        var settings = Settings();
        settings["Redis:CallTimeout"] = "00:00:05";
        var request = ClimateRequests.Fields(ClimateRequests.Open, "t2m")
            .With("time_mode", "historical")
            .With("options", new { interval_seconds = 1, start = "2005-08-07T00:00:00Z", end = "2005-08-07T18:00:00Z", replay_speed = 3600 });
        var first = HubServer.Start(settings);
        await using var watcher = await HubProbe.ConnectAsync(first.Uri, ClimateRequests.Hub);
        await watcher.CallAsync("Subscribe", request);
        await watcher.WaitForAsync("Data");
        await using var second = HubServer.Start(settings);
        await using var probe = await HubProbe.ConnectAsync(second.Uri, ClimateRequests.Hub);
        await probe.CallAsync("Subscribe", request);

        await probe.WaitForAsync("Data", 3);
        await first.DisposeAsync();
        var count = (await probe.WaitAsync(_ => true, "what has come")).Count(p => p.Target == "Data");
        var hours = (await probe.WaitForAsync("Data", count + 3)).Select(p => p.Frame().Payload.To(RealtimeJsonContext.Default.ClimatePayload)!.Time).ToList();

        Assert.Equal(hours.Distinct().Order(), hours);
    }

    private static List<DateTimeOffset> Times(IReadOnlyList<HubPush> pushes) => [.. pushes.Select(p => p["timestamp"].GetDateTimeOffset())];

    private Dictionary<string, string?> Settings()
    {
        var settings = HubNodes.Settings(redis.Server.Endpoint, $"{Guid.NewGuid():N}:");
        settings["Redis:LeaseTime"] = "00:00:01";
        return settings;
    }
}
