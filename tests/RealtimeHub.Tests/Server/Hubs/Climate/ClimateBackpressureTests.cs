using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

public sealed class ClimateBackpressureTests
{
    [Fact]
    public async Task P131_a_lagging_subscriber_is_moved_to_the_coarser_channel_and_back_and_told_so()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Policy:Quotas:standard"] = "1000000000" }, clock);
        server.Expect("frames behind on climate-fields");
        await using var reader = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await using var slow = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub, receiveBuffer: 4_096);
        var request = ClimateRequests.Fields(null, "t2m", "td2m", "u10", "v10", "sp", "tskin", "r2m", "orog").With("options", new { interval_seconds = 1 }).With("max_lag_frames", 2);
        await reader.CallAsync("Subscribe", request);
        Assert.Null((await slow.CallAsync("Subscribe", request)).ErrorCode());
        await slow.WaitForAsync("Data");
        slow.Pause();

        for (var i = 2; i <= 300; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await reader.WaitForSequenceAsync("Data", i);
        }

        slow.Resume();
        var degraded = (await slow.WaitAsync(all => all.Any(p => p.Target == "Degraded" && p.Argument.TryGetProperty("to", out _)), "a move to the coarser channel"))
            .First(p => p.Target == "Degraded" && p.Argument.TryGetProperty("to", out _));
        var to = degraded["to"].GetString();
        await slow.WaitAsync(all => all.Any(p => p.Target == "Subscribed" && p["channel"].GetString() == to), "the start on the coarser channel");
        for (var i = 0; i < 240 && !slow.All.Any(p => p.Target == "Restored" && p.Argument.TryGetProperty("to", out _)); i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await slow.CallAsync("Ping");
        }

        var restored = (await slow.WaitAsync(all => all.Any(p => p.Target == "Restored" && p.Argument.TryGetProperty("to", out _)), "the way back"))
            .First(p => p.Target == "Restored" && p.Argument.TryGetProperty("to", out _));
        var coarse = slow.All.First(p => p.Target == "Data" && p["channel"].GetString() == to).Frame();
        Assert.Equal([7, 13], coarse.Blocks!["t2m"].Shape);
        Assert.Equal(("slow_consumer", "coarsen"), (degraded["reason"].GetString(), degraded["policy"].GetString()));
        Assert.Equal(degraded["from"].GetString(), restored["to"].GetString());
        Assert.True(degraded["position"].GetProperty("sequence").GetInt64() >= 1);
    }
}
