using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Hubs.Climate;
using RealtimeHub.Server.Hubs.Climate.Channels;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Engine;
using RealtimeHub.Tests.Server.Policy;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>Tiles: the ring around a viewport, and explanations of one.</summary>
public sealed class ClimateTileTests
{
    [Fact]
    public void Around_names_each_neighbour_once_and_none_off_the_map()
    {
        Assert.Equal(["1/1/0", "1/0/1", "1/1/1"], TileRing.Around(["1/0/0"]));
        Assert.Equal(10, TileRing.Around(["6/14/24", "6/15/24"]).Count);
        Assert.Empty(TileRing.Around(["0/0/0"]));
        Assert.Empty(TileRing.Around([]));
    }

    [Fact]
    public async Task P268_the_ring_around_the_view_is_made_before_it_is_asked_for()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        using var prefetches = new Prefetches(server);
        var table = server.Services.GetRequiredService<ClimateChannelTable>();

        await probe.CallAsync("TrackTiles", new { id = "map", variable = "orog", tiles = new[] { "7/29/49" } });
        await prefetches.WaitAsync(8);
        var ring = table.All;

        // What is made ahead is pushed to nobody.
        Assert.Equal(8, ring.Count(c => c.Spec.Tile != "7/29/49" && c.NewestMultihash is not null));
        Assert.Single(probe.All, p => p.Target == "Data");
        var ahead = ring.Single(c => c.Spec.Tile == "7/30/49").NewestMultihash;
        await probe.CallAsync("TrackTiles", new { id = "map", variable = "orog", tiles = new[] { "7/29/49", "7/30/49" } });
        Assert.Equal(ahead, (await probe.WaitForAsync("Data", 2))[1].Frame().Checksums!.Multihash);
    }

    [Fact]
    public async Task P268_what_the_policy_refuses_around_a_view_is_refused_in_silence()
    {
        using var folder = new Data.TempFolder();
        await File.WriteAllTextAsync(folder["policy.geojson"], PolicyBench.Json(("deny", 5, new(-98.2, 38.2, -97.6, 38.8))), TestContext.Current.CancellationToken);
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Policy:File"] = folder["policy.geojson"] }, new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        using var prefetches = new Prefetches(server);

        // The tile meets the area; its neighbour in the east lies in it.
        var (tile, inside) = (CareDeciderTests.TileAt(10, 38.5, -98.3), CareDeciderTests.TileAt(10, 38.5, -97.95));
        var answer = await probe.CallAsync("TrackTiles", new { id = "map", variable = "orog", tiles = new[] { $"10/{tile.X}/{tile.Y}" } });
        await prefetches.WaitAsync(3);

        Assert.Equal(tile.X + 1, inside.X);
        Assert.False(answer.TryGetProperty("refused", out _));
        Assert.DoesNotContain(server.Services.GetRequiredService<ClimateChannelTable>().All, c => c.Spec.Tile == $"10/{inside.X}/{inside.Y}");
        using var http = server.Http();
        Assert.DoesNotContain("urn:kfm:care:decision", await http.GetStringAsync(new Uri("/api/v1/prov", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P128_a_tile_that_the_viewer_has_comes_with_its_next_change()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        await using var first = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await using var second = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await first.CallAsync("TrackTiles", new { variable = "t2m", tiles = new[] { "6/14/24" } });
        var known = (await first.WaitForAsync("Data"))[0]["checksums"].GetProperty("multihash").GetString()!;

        var answer = await second.CallAsync("TrackTiles", new { variable = "t2m", tiles = new[] { "6/14/24" }, known = new Dictionary<string, string> { ["6/14/24"] = known } });
        clock.Advance(TimeSpan.FromMinutes(1));
        var frame = (await second.WaitForAsync("Data"))[0];

        Assert.Equal("6/14/24", Assert.Single(answer.GetProperty("tracked").EnumerateArray()).GetString());
        Assert.Equal(2, frame.Sequence);
        Assert.NotEqual(known, frame["checksums"].GetProperty("multihash").GetString());
        Assert.Single(second.All, p => p.Target == "Data");
    }

    [Fact]
    public void P131_drivers_go_before_fields_and_explanations_and_these_before_tiles()
    {
        var byTurn = new[] { ClimateFamilies.Tiles, ClimateFamilies.Xai, ClimateFamilies.Fields, ClimateFamilies.Drivers }.OrderBy(f => f.Priority).ToList();

        Assert.Equal(["climate-drivers", "climate-tiles"], [byTurn[0].Name, byTurn[^1].Name]);
        Assert.True(byTurn[0].Priority < byTurn[1].Priority && byTurn[2].Priority < byTurn[3].Priority);
        Assert.Equal(byTurn[1].Priority, byTurn[2].Priority);
    }

    [Fact]
    public async Task P126_a_tile_is_explained_on_demand()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        var answer = await probe.CallAsync("SubscribeXai", ClimateRequests.Xai().With("domain", new { crs = "EPSG:4326", tile = "7/28/49" }));
        Assert.True(answer.ErrorCode() is null, answer.GetRawText());
        var frame = (await probe.WaitForAsync("Xai"))[0].Frame();

        var payload = frame.Payload.To(RealtimeJsonContext.Default.XaiPayload)!;
        var (prediction, contributions) = (frame.Blocks!["prediction"].ToFloats(), frame.Blocks["contributions"].ToFloats());
        Assert.Equal("spatial", payload.Level);
        Assert.True(prediction.Length > 1);
        Assert.Equal(prediction[0] - payload.Attribution.BaseValue, Enumerable.Range(0, 22).Sum(f => (double)contributions[f * prediction.Length]), 0.002);
    }

    /// <summary>Tells of tiles that a server made ahead.</summary>
    private sealed class Prefetches : IDisposable
    {
        private readonly SemaphoreSlim _made = new(0);
        private readonly MeterListener _listener = new();

        public Prefetches(HubServer server)
        {
            var own = server.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "climate.tiles.prefetched" && ReferenceEquals(instrument.Meter.Scope, own))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, made, _, _) => _made.Release((int)made));
            _listener.Start();
        }

        public async Task WaitAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await Soon.HappensAsync(_made.WaitAsync(), $"tile {i + 1} of {count} is made ahead");
            }
        }

        public void Dispose()
        {
            _listener.Dispose();
            _made.Dispose();
        }
    }
}
