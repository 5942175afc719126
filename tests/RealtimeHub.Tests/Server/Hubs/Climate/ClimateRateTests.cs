using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>How often frames come: the reader's own, and no part of what a channel is.</summary>
public sealed class ClimateRateTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task P260_readers_at_different_rates_share_a_channel_and_the_slower_one_skips()
    {
        await using var server = HubServer.Start(clock: _clock);
        await using var slow = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await using var fast = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        var first = await slow.CallAsync("Subscribe", Every(300));
        var second = await fast.CallAsync("Subscribe", Every(60));
        await PlayAsync(fast, 2, 6);
        var frames = await slow.WaitForSequenceAsync("Data", 6);

        Assert.Equal(ChannelOf(first), ChannelOf(second));
        Assert.Equal([1, 6], frames.Select(f => f.Sequence));
        var skipped = slow.All.Where(p => p.Target == "Skipped").ToList();
        Assert.All(skipped, s => Assert.Equal("rate", s["reason"].GetString()));
        Assert.Equal((2, 5, 4), (skipped[0]["from"].GetInt64(), skipped[^1]["to"].GetInt64(), skipped.Sum(s => s["count"].GetInt64())));
        Assert.DoesNotContain(fast.All, p => p.Target == "Skipped");
    }

    [Fact]
    public async Task P260_a_channel_is_as_fast_as_its_fastest_reader_and_no_faster_once_that_has_left()
    {
        await using var server = HubServer.Start(clock: _clock);
        await using var slow = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await using var fast = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await slow.CallAsync("Subscribe", Every(300));
        await fast.CallAsync("Subscribe", Every(60));
        await PlayAsync(fast, 2, 6);
        await slow.WaitForSequenceAsync("Data", 6);

        await fast.CallAsync("Unsubscribe", new { id = "sub-001" });
        for (var minute = 0; minute < 5; minute++)
        {
            _clock.Advance(Minute);
            await slow.CallAsync("Ping");
        }

        // The next sequence says that nothing was made in between.
        var frames = await slow.WaitForSequenceAsync("Data", 7);
        Assert.Equal([1, 6, 7], frames.Select(f => f.Sequence));
        Assert.Equal(TimeSpan.FromMinutes(5), frames[2]["timestamp"].GetDateTimeOffset() - frames[1]["timestamp"].GetDateTimeOffset());
    }

    [Fact]
    public async Task P260_a_subscription_is_made_faster_by_asking_again()
    {
        await using var server = HubServer.Start(clock: _clock);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await probe.CallAsync("Subscribe", Every(300));
        await probe.WaitForAsync("Data");

        var again = await probe.CallAsync("Subscribe", Every(60));
        _clock.Advance(Minute);
        var frames = await probe.WaitForSequenceAsync("Data", 2);
        _clock.Advance(Minute);

        Assert.Null(again.ErrorCode());
        Assert.Equal(Minute, frames[^1]["timestamp"].GetDateTimeOffset() - frames[0]["timestamp"].GetDateTimeOffset());
        Assert.Equal(3, (await probe.WaitForSequenceAsync("Data", 3))[^1].Sequence);
    }

    [Fact]
    public async Task P260_streams_at_different_rates_share_a_channel_too()
    {
        await using var server = HubServer.Start(clock: _clock);
        await using var fast = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await using var slow = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await fast.CallAsync("Subscribe", Every(60));
        await fast.WaitForAsync("Data");
        var seen = new List<string>();

        await foreach (var item in slow.StreamAsync("StreamFields", Every(180)))
        {
            var kind = item.GetProperty("kind").GetString()!;
            seen.Add(kind == "frame" ? $"frame {item.GetProperty("frame").GetProperty("sequence").GetInt64()}" : kind);
            if (seen.Count == 2)
            {
                await PlayAsync(fast, 2, 4);
            }

            if (seen[^1] == "frame 4")
            {
                break;
            }
        }

        Assert.Equal(["subscribed", "frame 1", "skipped", "frame 4"], seen.Where((kind, i) => i == 0 || kind != seen[i - 1]));
    }

    [Fact]
    public async Task P127_history_begins_so_much_data_time_before_now()
    {
        await using var server = HubServer.Start(clock: _clock);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await probe.CallAsync("Subscribe", Every(60));
        var now = (await probe.WaitForAsync("Data"))[0]["payload"].GetProperty("time").GetDateTimeOffset();

        await probe.CallAsync("Subscribe", ClimateRequests.Fields(ClimateRequests.Open, "t2m")
            .With("id", "history").With("time_mode", "historical").With("options", new { interval_seconds = 60, rewind_seconds = 7_200, replay_speed = 60 }));
        var first = (await probe.WaitForAsync("Data", 2))[1]["payload"];

        Assert.Equal("historical", first.GetProperty("time_mode").GetString());
        Assert.Equal(now.AddHours(-2), first.GetProperty("time").GetDateTimeOffset());
    }

    [Fact]
    public async Task P126_explanations_come_in_step_with_data_frames()
    {
        await using var server = HubServer.Start(clock: _clock);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        var box = ClimateRequests.Open;
        var explain = ClimateRequests.Xai().With("time", null).With("domain", new { crs = "EPSG:4326", bbox = box }).With("options", new { interval_seconds = 60 });

        await probe.CallAsync("Subscribe", ClimateRequests.Fields(box, "t2m"));
        await probe.CallAsync("SubscribeXai", explain);
        await probe.WaitForAsync("Xai");
        for (var frame = 2; frame <= 3; frame++)
        {
            _clock.Advance(Minute);
            await probe.WaitForSequenceAsync("Xai", frame);
            await probe.WaitForSequenceAsync("Data", frame);
        }

        DateTimeOffset[] Times(string target) => [.. probe.All.Where(p => p.Target == target).Select(p => p["payload"].GetProperty("time").GetDateTimeOffset())];
        Assert.Equal(3, Times("Xai").Length);
        Assert.Equal(Times("Data"), Times("Xai"));
    }

    [Fact]
    public async Task P126_the_same_explanation_of_one_time_is_given_again_after_its_channel_was_given_up()
    {
        await using var server = HubServer.Start(clock: _clock);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await probe.CallAsync("SubscribeXai", ClimateRequests.Xai());
        var first = (await probe.WaitForAsync("Xai"))[0];
        await probe.WaitForAsync("Unsubscribed");

        for (var minute = 0; minute < 5; minute++)
        {
            _clock.Advance(Minute);
            await probe.CallAsync("Ping");
        }

        var again = await probe.CallAsync("SubscribeXai", ClimateRequests.Xai());
        var second = (await probe.WaitForAsync("Xai", 2))[1];

        Assert.Null(again.ErrorCode());
        Assert.Equal(first["checksums"].GetProperty("multihash").GetString(), second["checksums"].GetProperty("multihash").GetString());
    }

    private static Dictionary<string, object?> Every(int seconds) => ClimateRequests.Fields(ClimateRequests.Open, "t2m").With("options", new { interval_seconds = seconds });

    private static string? ChannelOf(JsonElement answer) => answer.GetProperty("subscription").GetProperty("channel").GetString();

    private async Task PlayAsync(HubProbe reader, int from, int to)
    {
        for (var sequence = from; sequence <= to; sequence++)
        {
            _clock.Advance(Minute);
            await reader.WaitForSequenceAsync("Data", sequence);
        }
    }
}
