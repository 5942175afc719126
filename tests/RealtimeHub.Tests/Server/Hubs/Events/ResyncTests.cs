using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Events;

public class ResyncTests
{
    private const string Quiet = "/hubs/events?receive_all=false";

    // A log that keeps 10 of 30 frames: 21 to 30.
    private static readonly Dictionary<string, string?> KeepsTen = new()
    {
        ["Channels:Retention:0:Family"] = "events",
        ["Channels:Retention:0:MaxFrames"] = "10",
    };

    [Theory]
    [InlineData(30, true, null, 0)]
    [InlineData(29, true, null, 0)]
    [InlineData(20, true, null, 0)]
    [InlineData(19, false, "expired", 1)]
    [InlineData(0, false, "expired", 20)]
    public async Task P12_P13_a_resume_replays_what_is_kept_after_one_gap_for_what_is_not(long from, bool recovered, string? reason, int lost)
    {
        await using var server = HubServer.Start(KeepsTen);
        using var http = server.Http();
        var last = await http.PublishManyAsync(30);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);

        await probe.CallAsync("Subscribe", new { events = new[] { "*" }, from = new { epoch = last.Epoch, sequence = from } });
        await http.PublishManyAsync(1, 100);
        await probe.WaitForSequenceAsync("Event", 31);

        var pushes = probe.All;
        Assert.Equal(recovered, pushes[0]["recovered"].GetBoolean());
        Assert.Equal(reason, pushes[0].Argument.TryGetProperty("reason", out var given) ? given.GetString() : null);
        var gaps = pushes.Where(p => p.Target == "Gap").ToList();
        Assert.Equal(lost, gaps.Sum(g => g["count"].GetInt64()));
        Assert.True(gaps.Count <= 1);
        var first = from + lost + 1;
        Assert.Equal(Enumerable.Range((int)first, (int)(31 - first + 1)).Select(i => (long)i), pushes.Where(p => p.Target == "Event").Select(p => p.Sequence));
    }

    [Fact]
    public async Task P13_a_position_in_the_future_or_of_another_epoch_goes_live()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var last = await http.PublishManyAsync(3);
        await using var future = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await using var other = await HubProbe.ConnectAsync(server.Uri, Quiet);

        var ahead = await future.CallAsync("Subscribe", new { events = new[] { "*" }, from = new { epoch = last.Epoch, sequence = 4 } });
        var elsewhere = await other.CallAsync("Subscribe", new { events = new[] { "*" }, from = new { epoch = "0000000000000000", sequence = 2 } });
        await http.PublishManyAsync(1, 10);
        var frames = await future.WaitForAsync("Event");
        await other.WaitForAsync("Event");

        Assert.Equal("future", ahead.GetProperty("subscription").GetProperty("reason").GetString());
        Assert.Equal("epoch_changed", elsewhere.GetProperty("subscription").GetProperty("reason").GetString());
        Assert.Equal(last.Epoch, elsewhere.GetProperty("subscription").GetProperty("epoch").GetString());
        Assert.Equal([4], frames.Select(f => f.Sequence));
    }

    [Fact]
    public async Task P14_resync_replays_every_missed_frame_in_order_twice_in_a_row()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new { events = new[] { "*" } });
        var last = await http.PublishManyAsync(5);
        await probe.WaitForSequenceAsync("Event", 5);

        var from = new { epoch = last.Epoch, sequence = 2 };
        await probe.CallAsync("Resync", new { channel = "events", from });
        await probe.WaitForAsync("Event", 8);
        await probe.CallAsync("Resync", new { id = "events", from });
        var frames = await probe.WaitForAsync("Event", 11);

        Assert.Equal([1, 2, 3, 4, 5, 3, 4, 5, 3, 4, 5], frames.Select(f => f.Sequence));
        Assert.Equal(3, probe.All.Count(p => p.Target == "Subscribed"));
        Assert.Equal(11, frames.Count);
    }

    [Fact]
    public async Task P14_resync_of_what_is_not_subscribed_or_without_a_position_is_refused()
    {
        await using var server = HubServer.Start();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);

        var unknown = await probe.CallAsync("Resync", new { channel = "events", from = new { epoch = "0000000000000000", sequence = 1 } });
        var missing = await probe.CallAsync("Resync", new { channel = "events" });

        Assert.Equal("SUBSCRIPTION_NOT_FOUND", unknown.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("from", missing.GetProperty("error").GetProperty("details").GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task P11_last_and_since_start_where_they_say_and_tell_when_less_is_kept()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(KeepsTen, clock);
        using var http = server.Http();
        await http.PublishManyAsync(20);
        clock.Advance(TimeSpan.FromMinutes(1));
        var since = clock.GetUtcNow();
        await http.PublishManyAsync(4, 100);
        await using var bySince = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await using var byLast = await HubProbe.ConnectAsync(server.Uri, Quiet);

        await bySince.CallAsync("Subscribe", new { events = new[] { "*" }, since });
        var clamped = await byLast.CallAsync("Subscribe", new { events = new[] { "*" }, last = 50 });

        Assert.Equal([21, 22, 23, 24], (await bySince.WaitForAsync("Event", 4)).Select(f => f.Sequence));
        Assert.True(clamped.GetProperty("subscription").GetProperty("clamped").GetBoolean());
        Assert.Equal(15, (await byLast.WaitForAsync("Event", 10))[0].Sequence);
    }

    [Fact]
    public async Task P23_a_client_that_reconnects_in_the_middle_of_a_burst_loses_nothing_and_shows_nothing_twice()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var client = server.Client();
        var seen = new List<long>();
        var isDone = new TaskCompletionSource();
        var subscription = await client.Events.SubscribeAsync(
            new() { Events = ["*"] },
            (item, _) =>
            {
                if (item.Frame is { } frame)
                {
                    seen.Add(frame.Sequence);
                    if (frame.Sequence == 2_000)
                    {
                        isDone.TrySetResult();
                    }
                }

                return ValueTask.CompletedTask;
            });

        for (var i = 0; i < 20; i++)
        {
            await http.PublishManyAsync(100, (i * 100) + 1);
            if (i % 5 == 2)
            {
                server.CutConnections();
            }
        }

        await isDone.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(Enumerable.Range(1, 2_000).Select(i => (long)i), seen);
        Assert.True(subscription.Coverage.IsComplete);
    }
}
