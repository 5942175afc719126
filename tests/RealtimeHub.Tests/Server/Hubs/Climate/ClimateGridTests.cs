using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.Geometries;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Science.Numerics;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Areas;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Hubs.Climate.Data;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>Sources on other grids than latitude by longitude, through the hub.</summary>
public sealed class ClimateGridTests : IAsyncLifetime
{
    private static readonly double[] Box = [-99.5, 37.0, -95.0, 39.9];

    private readonly TempFolder _folder = new();
    private HubServer _server = null!;
    private HubProbe _probe = null!;

    public async ValueTask InitializeAsync()
    {
        _folder.Copy(Stores.PathOf(Stores.Nam), Stores.Nam + ".zarr");
        _server = HubServer.Start(new Dictionary<string, string?> { ["ClimateData:Folders:0"] = _folder.Path, ["Climate:DefaultSource"] = Stores.Nam }, new ManualTimeProvider());
        _probe = await HubProbe.ConnectAsync(_server.Uri, ClimateRequests.Hub);
    }

    public async ValueTask DisposeAsync()
    {
        await _probe.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task P269_frames_of_a_curvilinear_grid_say_where_each_point_is()
    {
        await _probe.CallAsync("Subscribe", ClimateRequests.Fields(Box, "t2m"));
        var frame = (await _probe.WaitForAsync("Data"))[0].Frame();

        var payload = frame.Payload.To(RealtimeJsonContext.Default.ClimatePayload)!;
        var blocks = frame.Blocks!;
        Assert.Equal((blocks["t2m"].Shape[0], blocks["t2m"].Shape[1]), (payload.Grid.Rows, payload.Grid.Columns));
        Assert.Null(payload.Grid.Latitude);
        Assert.Equal(blocks["t2m"].Shape, blocks["latitude"].Shape);
        Assert.All(blocks["latitude"].ToFloats(), v => Assert.InRange(v, 36, 41));
        Assert.All(blocks["longitude"].ToFloats(), v => Assert.InRange(v, -101, -94));
        Assert.All(blocks["t2m"].ToFloats().Where(float.IsFinite), v => Assert.InRange(v, 240, 310));
        Assert.Equal(frame.Checksums!.Multihash, DigestOfValues(frame));
    }

    [Fact]
    public async Task P269_protected_areas_are_concealed_on_a_curvilinear_grid()
    {
        await _probe.CallAsync("Subscribe", ClimateRequests.Fields(Box, "t2m"));
        var frame = (await _probe.WaitForAsync("Data"))[0].Frame();
        var denying = _server.Services.GetRequiredService<PolicyStore>().Current.Areas.Where(a => a.Rule is ProtectionRule.Deny).ToList();
        var (values, latitudes, longitudes) = (frame.Blocks!["t2m"].ToFloats(), frame.Blocks["latitude"].ToFloats(), frame.Blocks["longitude"].ToFloats());

        Assert.Equal("h3-generalized", frame.Care!.Masking);
        Assert.Contains(values, float.IsNaN);
        for (var i = 0; i < values.Length; i++)
        {
            var place = new Point(longitudes[i], latitudes[i]);
            Assert.True(float.IsNaN(values[i]) || !denying.Exists(a => a.Meets(place)), $"{place} is shown.");
        }
    }

    [Fact]
    public async Task P269_drivers_are_computed_on_a_curvilinear_grid_and_verified()
    {
        await _probe.CallAsync("SubscribeDrivers", ClimateRequests.Drivers().With("domain", new { crs = "EPSG:4326", bbox = Box }));
        var frame = (await _probe.WaitForAsync("Data"))[0].Frame();
        using var http = _server.Http();

        using var response = await http.PostAsJsonAsync("/api/v1/climate/verify", new { activity = frame.Prov!.Activity }, TestContext.Current.CancellationToken);
        var verified = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.True(verified.GetProperty("matches").GetBoolean());
        Assert.Contains(frame.Blocks!["srh_0_3km"].ToFloats(), float.IsFinite);
        Assert.Equal(frame.Checksums!.Multihash, DigestOfValues(frame));
    }

    [Fact]
    public async Task P269_what_a_curvilinear_grid_cannot_give_is_refused_naming_the_source()
    {
        var tile = await _probe.CallAsync("SubscribeTiles", new { variable = "t2m", tile = "6/14/24" });
        var explained = await _probe.CallAsync("SubscribeXai", ClimateRequests.Xai("2007-01-24T00:00:00Z").With("time", null));
        var member = await _probe.CallAsync("Subscribe", ClimateRequests.Fields(Box, "t2m").With("options", new { member = 1 }));

        Assert.Equal(["source", "source", "options.member"], new[] { tile, explained, member }.Select(a => a.ErrorField()));
        Assert.Contains("regular grid", tile.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P269_a_story_of_a_curvilinear_grid_is_told_of_the_box_around_its_points()
    {
        var story = (await _probe.CallAsync("GetStoryNode", new { domain = new { bbox = Box } })).GetProperty("story");

        var box = story.GetProperty("geospatial_context").GetProperty("bbox").EnumerateArray().Select(n => n.GetDouble()).ToList();
        Assert.True(box[0] < box[2] && box[1] < box[3]);
        Assert.InRange(story.GetProperty("focus_center")[0].GetDouble(), -99.5, -95.0);
        Assert.Contains("Values of the source", story.GetProperty("narrative").GetString(), StringComparison.Ordinal);
    }

    // Where the points are is told beside the numbers, and is not of what is hashed.
    private static string DigestOfValues(FrameEnvelope frame)
    {
        var digest = new BlockDigest();
        foreach (var (name, block) in frame.Blocks!.Where(b => b.Key is not ("latitude" or "longitude")))
        {
            digest.Add(name, block.Dtype, block.Shape, block.Data.Bytes);
        }

        return digest.ToMultihash();
    }
}
