using System.Text.Json;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

public sealed class ClimateStreamTests
{
    [Fact]
    public async Task P121_equal_requests_share_one_channel_and_different_ones_do_not()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var one = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await using var two = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        var first = await one.CallAsync("Subscribe", ClimateRequests.Fields(null, "t2m", "td2m"));
        var turned = await two.CallAsync("Subscribe", ClimateRequests.Fields(null, "td2m", "t2m", "td2m").With("id", "mine"));
        var other = await two.CallAsync("Subscribe", ClimateRequests.Fields(ClimateRequests.Open).With("id", "other"));

        Assert.Equal(ChannelOf(first), ChannelOf(turned));
        Assert.NotEqual(ChannelOf(first), ChannelOf(other));
        Assert.Equal((await one.WaitForAsync("Data"))[0].Argument.GetRawText(), (await two.WaitForAsync("Data"))[0].Argument.GetRawText());
    }

    [Fact]
    public async Task P127_history_plays_every_frame_once_and_ends()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        var request = ClimateRequests.Fields(ClimateRequests.Open, "t2m")
            .With("time_mode", "historical")
            .With("options", new { interval_seconds = 10, start = "2005-08-07T09:00:00Z", end = "2005-08-07T12:00:00Z", replay_speed = 360 });

        await probe.CallAsync("Subscribe", request);
        for (var i = 1; i <= 4; i++)
        {
            await probe.WaitForAsync("Data", i);
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        await probe.WaitForAsync("Unsubscribed");

        var frames = (await probe.WaitForAsync("Data", 4)).Select(p => p.Frame().Payload.To(RealtimeJsonContext.Default.ClimatePayload)!).ToList();
        Assert.Equal([9, 10, 11, 12], frames.Select(f => f.Time.Hour));
        Assert.Equal(["source", "model", "model", "source"], frames.Select(f => f.Data["t2m"].Origin));
    }

    [Fact]
    public async Task P127_forecasts_are_labelled_and_reach_three_hours_beyond_the_data()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        await probe.CallAsync("Subscribe", ClimateRequests.Fields(ClimateRequests.Open, "t2m", "sp").With("time_mode", "forecast").With("options", new { lead_seconds = 10_800 }));
        var payload = (await probe.WaitForAsync("Data"))[0].Frame().Payload.To(RealtimeJsonContext.Default.ClimatePayload)!;

        Assert.Equal(("model", "held"), (payload.Data["t2m"].Origin, payload.Data["sp"].Origin));
        Assert.Equal(TimeSpan.FromHours(3), payload.Time - payload.Recipe.AnalysisTime);
    }

    [Theory]
    [InlineData("StreamFields")]
    [InlineData("StreamDrivers")]
    [InlineData("StreamXai")]
    public async Task P120_streams_yield_the_start_first_and_then_frames(string method)
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        var request = method switch { "StreamFields" => ClimateRequests.Fields(), "StreamDrivers" => ClimateRequests.Drivers(), _ => ClimateRequests.Xai() };
        var kinds = new List<string?>();

        await foreach (var item in probe.StreamAsync(method, request))
        {
            kinds.Add(item.GetProperty("kind").GetString());
            if (kinds.Count == 2 && method != "StreamXai")
            {
                break;
            }
        }

        Assert.Equal(method == "StreamXai" ? ["subscribed", "frame", "end"] : ["subscribed", "frame"], kinds);
    }

    [Fact]
    public async Task P120_a_refused_stream_yields_one_error()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        var items = new List<JsonElement>();

        await foreach (var item in probe.StreamAsync("StreamFields", ClimateRequests.Fields(null, "luck")))
        {
            items.Add(item);
        }

        Assert.Equal("INVALID_REQUEST", Assert.Single(items).ErrorCode());
    }

    [Fact]
    public async Task P126_class_activation_maps_are_refused_with_a_code_of_their_own()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        var answer = await probe.CallAsync("SubscribeXai", ClimateRequests.Xai().With("method", "cam"));

        Assert.Equal("METHOD_NOT_APPLICABLE", answer.ErrorCode());
    }

    [Theory]
    [InlineData("ig", "spatial")]
    [InlineData("shap", "narrative")]
    public async Task P126_explanations_come_per_H3_cell_in_words_and_at_a_point(string method, string level)
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        await probe.CallAsync("SubscribeXai", ClimateRequests.Xai().With("method", method).With("level", level).With("options", level == "narrative" ? new { frames = 3 } : (object)new { h3_resolution = 4 }));
        var payload = (await probe.WaitForAsync("Xai"))[0].Frame().Payload.To(RealtimeJsonContext.Default.XaiPayload)!;
        await probe.CallAsync("SubscribeXai", ClimateRequests.Xai().With("id", "point").With("domain", new { point = new[] { -99.0, 38.75 } }));
        var local = (await probe.WaitForAsync("Xai", 2))[1].Frame();

        if (level == "narrative")
        {
            Assert.Contains("kfm-climate-v11.2.2 predicts t2m", payload.Narrative, StringComparison.Ordinal);
            Assert.Contains("for 2005-08-07T12:00:00.000Z", payload.Narrative, StringComparison.Ordinal);
            Assert.Contains("Modelled, not observed.", payload.Narrative, StringComparison.Ordinal);
        }
        else
        {
            Assert.NotEmpty(payload.Cells!);
            Assert.All(payload.Cells!, c => Assert.Equal('4', c[1]));
        }

        Assert.Equal([22, 1, 1], local.Blocks!["contributions"].Shape);
    }

    [Fact]
    public async Task P128_tiles_follow_the_viewport_and_come_again_only_when_they_change()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        var first = await probe.CallAsync("TrackTiles", new { id = "map", variable = "orog", tiles = new[] { "6/14/24", "6/15/24", "6/1/1" } });
        var frames = await probe.WaitForAsync("Data", 2);
        var second = await probe.CallAsync("TrackTiles", new { id = "map", variable = "orog", tiles = new[] { "6/15/24" } });
        clock.Advance(TimeSpan.FromSeconds(60));
        await probe.CallAsync("Ping");

        Assert.Equal(["6/14/24", "6/15/24"], first.GetProperty("tracked").EnumerateArray().Select(t => t.GetString()));
        Assert.True(first.GetProperty("refused").TryGetProperty("6/1/1", out _));
        Assert.Equal(["6/15/24"], second.GetProperty("tracked").EnumerateArray().Select(t => t.GetString()));
        Assert.All(frames, f => Assert.Equal([64, 64], f.Frame().Blocks!["orog"].Shape));
        Assert.Equal(2, probe.All.Count(p => p.Target == "Data"));
    }

    [Fact]
    public async Task P129_story_and_focus_are_made_of_the_same_numbers_with_their_governance()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        var story = (await probe.CallAsync("GetStoryNode", new { domain = new { bbox = ClimateRequests.Kansas }, time = "2005-08-07T18:00:00Z" })).GetProperty("story");
        var focus = await probe.CallAsync("GetFocusMode", new { domain = new { bbox = ClimateRequests.Open } });
        var refused = await probe.CallAsync("GetStoryNode", new { domain = new { bbox = ClimateRequests.Kansas }, on_protected = "deny" });

        Assert.True(story.GetProperty("sovereignty_masked").GetBoolean());
        Assert.Equal("h3-focus-generalized", story.GetProperty("care").GetProperty("masking").GetString());
        Assert.Contains("Values of the source at 2005-08-07T18:00:00.000Z", story.GetProperty("narrative").GetString(), StringComparison.Ordinal);
        Assert.InRange(story.GetProperty("climate_drivers").GetProperty("cape").GetProperty("mean").GetDouble(), 500, 4_000);
        Assert.Equal(5, focus.GetProperty("contexts").GetArrayLength());
        Assert.Equal("CARE_POLICY_VIOLATION", refused.ErrorCode());
    }

    private static string? ChannelOf(JsonElement answer) => answer.GetProperty("subscription").GetProperty("channel").GetString();
}
