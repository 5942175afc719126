using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Hubs.Climate.Data;
using RealtimeHub.Tests.Server.Policy;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>What is not waited for: new data, through the hub.</summary>
public sealed class ClimateNewsTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly TempFolder _folder = new();

    public ClimateNewsTests() => File.WriteAllText(_folder["policy.geojson"], PolicyBench.Json());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task P261_a_time_that_appears_is_served_at_once()
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds() / 3600;
        StoreBuilder.Hourly(now - 2, now - 1).Write(_folder["feed.zarr"]);
        await using var server = Start();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await probe.CallAsync("Subscribe", Request());
        var before = (await probe.WaitForAsync("Data"))[0].Frame();

        StoreBuilder.Hourly(now - 2, now - 1, now).Write(_folder["feed.zarr"]);
        server.Services.GetRequiredService<ScanSignal>().Raise();

        // The clock stands still: no interval has passed.
        var after = (await probe.WaitForAsync("Data", 2))[1].Frame();
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds((now - 1) * 3600), before.Payload.To(RealtimeJsonContext.Default.ClimatePayload)!.Time);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(now * 3600), after.Payload.To(RealtimeJsonContext.Default.ClimatePayload)!.Time);
        Assert.Equal(StoreBuilder.Step(now), after.Blocks!["t2m"].ToFloats());
    }

    [Fact]
    public async Task P261_a_store_that_appears_is_served_at_once()
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds() / 3600;
        StoreBuilder.Hourly(now).Write(_folder["other.zarr"]);
        await using var server = Start();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        var appeared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Services.GetRequiredService<FieldSourceDirectory>().Changed += _ => appeared.TrySetResult();
        var before = await probe.CallAsync("Subscribe", Request());

        StoreBuilder.Hourly(now).Write(_folder["feed.zarr"]);
        server.Services.GetRequiredService<ScanSignal>().Raise();
        await Engine.Soon.HappensAsync(appeared.Task, "the store is noticed");
        var after = await probe.CallAsync("Subscribe", Request());

        Assert.Equal("source", before.ErrorField());
        Assert.Null(after.ErrorCode());
        Assert.Equal(StoreBuilder.Step(now), (await probe.WaitForAsync("Data"))[0].Frame().Blocks!["t2m"].ToFloats());
    }

    private static Dictionary<string, object?> Request() => ClimateRequests.Fields([-100.5, 36.5, -97.5, 38.5], "t2m")
        .With("source", "feed").With("options", new { interval_seconds = 3_600 });

    private HubServer Start() => HubServer.Start(
        new Dictionary<string, string?>
        {
            ["Policy:File"] = _folder["policy.geojson"],
            ["ClimateData:Folders:0"] = _folder.Path,
            ["ClimateData:Clock"] = "WallClock",

            // The tests say when to look; the clock that a pause between two looks is measured by stands still.
            ["ClimateData:WatchFolders"] = "false",
            ["Policy:Quotas:standard"] = "1000000000",
        },
        _clock);
}
