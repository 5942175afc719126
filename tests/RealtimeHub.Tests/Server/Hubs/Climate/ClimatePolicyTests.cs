using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Engine;
using RealtimeHub.Tests.Server.Policy;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>The policy through the hub: what is refused, what is concealed, and what becomes of running subscriptions when the file changes.</summary>
public sealed class ClimatePolicyTests : IAsyncLifetime
{
    private const string Hub = "/hubs/climate";

    private static readonly GeoBox Protected = new(-98.2, 38.2, -97.6, 38.8);
    private static readonly double[] Asked = [-99, 37.6, -96.8, 39.4];
    private static readonly string Deny = PolicyBench.Json(("deny", 5, Protected));

    private readonly string _policy = Path.Combine(Path.GetTempPath(), $"policy-{Guid.NewGuid():N}.geojson");
    private readonly Channel<bool> _changes = Channel.CreateUnbounded<bool>();
    private HubServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_policy, Deny);
        _server = HubServer.Start(
            new Dictionary<string, string?> { ["Policy:File"] = _policy },
            keys: [("reader", "reader-key", "climate:read xai:read")]);
        _server.Services.GetRequiredService<PolicyStore>().Changed += p => _changes.Writer.TryWrite(p.IsReadable);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        File.Delete(_policy);
    }

    [Fact]
    public async Task P150_a_box_that_meets_a_denying_area_is_delivered_without_its_cells_and_says_so()
    {
        await using var probe = await HubProbe.ConnectAsync(_server.Uri, Hub, "reader-key");

        await probe.CallAsync("Subscribe", Fields("sub-1", Asked));

        var frame = Frame((await probe.WaitForAsync("Data"))[0]);
        var values = Values(frame);
        Assert.Equal(("h3-generalized", "public-generalized"), (frame.Care!.Masking, frame.Care.Scope));
        Assert.StartsWith("POLICY-0: values in and around protected land are withheld", frame.Care.Notes[0], StringComparison.Ordinal);
        Assert.Contains(values, v => Inside(v.Latitude, v.Longitude));
        Assert.All(values.Where(v => Inside(v.Latitude, v.Longitude)), v => Assert.True(float.IsNaN(v.Value)));
        Assert.Contains(values, v => !float.IsNaN(v.Value));
    }

    [Fact]
    public async Task P151_a_box_that_meets_a_denying_area_is_refused_when_the_caller_wants_that()
    {
        await using var probe = await HubProbe.ConnectAsync(_server.Uri, Hub, "reader-key");

        var answer = await probe.CallAsync("Subscribe", Fields("sub-1", Asked, onProtected: "deny"));

        AssertViolation(answer);
    }

    [Fact]
    public async Task P152_a_point_a_box_a_tile_and_an_explanation_inside_are_refused()
    {
        await using var probe = await HubProbe.ConnectAsync(_server.Uri, Hub, "reader-key");
        double[] inside = [-98.1, 38.3, -97.7, 38.7];

        AssertViolation(await probe.CallAsync("Subscribe", Fields("box", inside)));
        AssertViolation(await probe.CallAsync("SubscribeDrivers", new { id = "drivers", drivers = new[] { "cape" }, domain = new { crs = "EPSG:4326", bbox = inside } }));
        AssertViolation(await probe.CallAsync("SubscribeXai", new { id = "xai", variable = "t2m", method = "shap", domain = new { crs = "EPSG:4326", bbox = inside } }));
        AssertViolation(await probe.CallAsync("SubscribeXai", new { id = "point", variable = "t2m", method = "shap", domain = new { crs = "EPSG:4326", point = new[] { -97.9, 38.5 } } }));
        var tile = CareDeciderTests.TileAt(10, 38.5, -97.9);
        AssertViolation(await probe.CallAsync("SubscribeXai", new { id = "tile", variable = "t2m", method = "shap", domain = new { crs = "EPSG:4326", tile = $"{tile.Z}/{tile.X}/{tile.Y}" } }));
    }

    [Fact]
    public async Task P161_overlapping_boxes_show_the_same_of_every_place()
    {
        await ReplaceAsync(PolicyBench.Json(("deny", 5, Protected), ("generalize", 4, new(-97.4, 38.6, -97.1, 39.0))));
        await using var probe = await HubProbe.ConnectAsync(_server.Uri, Hub, "reader-key");
        var seen = new Dictionary<(DateTimeOffset, double, double), float>();
        var random = new Random(7);

        for (var i = 0; i < 12; i++)
        {
            var (west, south) = (-99.2 + (random.NextDouble() * 1.5), 37.4 + random.NextDouble());
            await probe.CallAsync("Subscribe", Fields($"sub-{i}", [west, south, west + 0.6 + random.NextDouble(), south + 0.5 + random.NextDouble()], interval: 3600));
        }

        var frames = (await probe.WaitForAsync("Data", 12)).Select(Frame).DistinctBy(f => f.Channel).ToList();
        foreach (var (time, (latitude, longitude, value)) in frames.SelectMany(f => Values(f).Select(v => (f.Timestamp, v))))
        {
            var place = (time, Math.Round(latitude, 5), Math.Round(longitude, 5));
            Assert.True(!seen.TryGetValue(place, out var before) || BitConverter.SingleToInt32Bits(before) == BitConverter.SingleToInt32Bits(value), $"{place} was {before} and is {value}.");
            seen[place] = value;
        }

        Assert.True(seen.Count > 20);
    }

    [Fact]
    public async Task P164_a_subscription_goes_on_untouched_where_a_new_policy_shows_the_same()
    {
        await using var probe = await HubProbe.ConnectAsync(_server.Uri, Hub, "reader-key");
        var answer = await probe.CallAsync("Subscribe", Fields("sub-1", Asked, interval: 1));
        var first = Frame((await probe.WaitForAsync("Data"))[0]);

        await ReplaceAsync(PolicyBench.Json(("deny", 5, Protected), ("deny", 5, new(-94.5, 36.6, -94.4, 36.7))));

        var next = Frame((await probe.WaitForAsync("Data", 3))[2]);
        Assert.Equal(first.Epoch, next.Epoch);
        Assert.Single(probe.All, p => p.Target == "Subscribed");
        Assert.Equal(answer.GetProperty("subscription").GetProperty("epoch").GetString(), next.Epoch);
    }

    [Fact]
    public async Task P164_a_subscription_goes_on_in_a_new_epoch_where_a_new_policy_shows_less()
    {
        var more = new GeoBox(-97.4, 39.0, -97.1, 39.3);
        await using var probe = await HubProbe.ConnectAsync(_server.Uri, Hub, "reader-key");
        await probe.CallAsync("Subscribe", Fields("sub-1", Asked, interval: 1));
        var before = Frame((await probe.WaitForAsync("Data"))[0]);
        Assert.Contains(Values(before), v => IsIn(more, v.Latitude, v.Longitude) && !float.IsNaN(v.Value));

        await ReplaceAsync(PolicyBench.Json(("deny", 5, Protected), ("deny", 5, more)));

        var notice = (await probe.WaitForAsync("Subscribed", 2))[1];
        Assert.Equal(("sub-1", "policy_changed"), (notice["id"].GetString(), notice["reason"].GetString()));
        var all = await probe.WaitAsync(a => a.SkipWhile(p => p != notice).Any(p => p.Target == "Data"), "a frame of the new epoch");
        var frames = all.SkipWhile(p => p != notice).Where(p => p.Target == "Data").Select(Frame).ToList();
        Assert.All(frames, f => Assert.Equal(notice["epoch"].GetString(), f.Epoch));
        Assert.All(frames.SelectMany(Values).Where(v => IsIn(more, v.Latitude, v.Longitude)), v => Assert.True(float.IsNaN(v.Value)));
        Assert.NotEqual(before.Epoch, frames[0].Epoch);
    }

    [Fact]
    public async Task P261_what_a_new_policy_shows_comes_at_once_and_not_when_a_frame_is_next_due()
    {
        await using var probe = await HubProbe.ConnectAsync(_server.Uri, Hub, "reader-key");
        await probe.CallAsync("Subscribe", Fields("sub-1", Asked, interval: 3_600));
        var before = Frame((await probe.WaitForAsync("Data"))[0]);

        await ReplaceAsync(PolicyBench.Json(("deny", 5, Protected), ("deny", 5, new(-97.4, 39.0, -97.1, 39.3))));

        var after = Frame((await probe.WaitForAsync("Data", 2))[1]);
        Assert.Equal("policy_changed", (await probe.WaitForAsync("Subscribed", 2))[1]["reason"].GetString());
        Assert.NotEqual(before.Epoch, after.Epoch);
        Assert.True(Values(after).Count(v => float.IsNaN(v.Value)) > Values(before).Count(v => float.IsNaN(v.Value)));
    }

    [Fact]
    public async Task P261_who_comes_back_when_a_place_is_shown_again_gets_a_frame_at_once()
    {
        await using var probe = await HubProbe.ConnectAsync(_server.Uri, Hub, "reader-key");
        await probe.CallAsync("Subscribe", Fields("sub-1", Asked, interval: 3_600));
        await probe.WaitForAsync("Data");
        await ReplaceAsync(PolicyBench.Json(("deny", 5, new(-100.5, 36.9, -95, 40.2))));
        await probe.WaitForAsync("Unsubscribed");
        await ReplaceAsync(Deny);

        await probe.CallAsync("Subscribe", Fields("sub-1", Asked, interval: 3_600));

        Assert.Contains(Values(Frame((await probe.WaitForAsync("Data", 2))[1])), v => !float.IsNaN(v.Value));
    }

    [Fact]
    public async Task P261_an_explanation_of_one_time_is_given_again_under_the_policy_of_today()
    {
        await using var probe = await HubProbe.ConnectAsync(_server.Uri, Hub, "reader-key");
        var request = ClimateRequests.Xai().With("domain", new { crs = "EPSG:4326", bbox = new[] { -98.6, 38.6, -97.6, 39.4 } });
        await probe.CallAsync("SubscribeXai", request);
        await probe.WaitForAsync("Unsubscribed");
        await ReplaceAsync(PolicyBench.Json(("deny", 5, Protected), ("deny", 5, new(-98.4, 39.0, -98.1, 39.3))));
        await probe.CallAsync("SubscribeXai", request);
        await probe.WaitForAsync("Unsubscribed", 2);
        await ReplaceAsync(Deny);

        await probe.CallAsync("SubscribeXai", request);

        var hidden = (await probe.WaitForAsync("Xai", 3)).Select(p => Frame(p).Blocks!["prediction"].ToFloats().Count(float.IsNaN)).ToList();
        Assert.True(hidden[1] > hidden[0]);
        Assert.Equal(hidden[0], hidden[2]);
    }

    [Fact]
    public async Task P164_a_subscription_ends_where_a_new_policy_shows_nothing_and_can_come_back_when_it_shows_again()
    {
        await using var probe = await HubProbe.ConnectAsync(_server.Uri, Hub, "reader-key");
        await probe.CallAsync("Subscribe", Fields("sub-1", Asked, interval: 1));
        await probe.WaitForAsync("Data");

        await ReplaceAsync(PolicyBench.Json(("deny", 5, new(-100.5, 36.9, -95, 40.2))));

        var end = (await probe.WaitForAsync("Unsubscribed"))[0];
        Assert.Equal(("sub-1", "CARE_POLICY_VIOLATION"), (end["id"].GetString(), end["reason"].GetString()));
        AssertViolation(await probe.CallAsync("Subscribe", Fields("sub-1", Asked, interval: 1)));
        await ReplaceAsync(Deny);
        var again = await probe.CallAsync("Subscribe", Fields("sub-1", Asked, interval: 1));
        Assert.Equal("sub-1", again.GetProperty("subscription").GetProperty("id").GetString());
        await probe.WaitAsync(a => a.SkipWhile(p => p.Target != "Unsubscribed").Any(p => p.Target == "Data"), "frames again");
    }

    [Fact]
    public async Task P154_running_subscriptions_end_when_the_policy_cannot_be_read_any_more()
    {
        _server.Expect("cannot be read");
        _server.Expect("No frame can be made");
        await using var probe = await HubProbe.ConnectAsync(_server.Uri, Hub, "reader-key");
        await probe.CallAsync("Subscribe", Fields("sub-1", Asked, interval: 1));
        await probe.WaitForAsync("Data");

        await ReplaceAsync("{");

        Assert.Equal("CARE_POLICY_VIOLATION", (await probe.WaitForAsync("Unsubscribed"))[0]["reason"].GetString());
        Assert.Equal("CARE_POLICY_VIOLATION", Code(await probe.CallAsync("Subscribe", Fields("sub-2", [-101, 37, -100.2, 37.8]))));
    }

    [Fact]
    public async Task P170_the_lineage_of_a_frame_is_read_with_its_decision_and_its_item()
    {
        await using var probe = await HubProbe.ConnectAsync(_server.Uri, Hub, "reader-key");
        await probe.CallAsync("Subscribe", Fields("sub-1", Asked));
        var frame = Frame((await probe.WaitForAsync("Data"))[0]);
        using var http = _server.Http("reader-key");

        var prov = await http.GetStringAsync("/api/v1/prov/" + frame.Prov!.Activity, TestContext.Current.CancellationToken);
        var item = await http.GetStringAsync("/api/v1/stac/items/" + frame.Stac!.Items[0], TestContext.Current.CancellationToken);

        using var lineage = JsonDocument.Parse(prov);
        using var stac = JsonDocument.Parse(item);
        Assert.Equal(frame.Checksums!.Multihash, lineage.RootElement.GetProperty("kfm:multihash").GetString());
        Assert.Equal(frame.Care!.Notes[0], lineage.RootElement.GetProperty("wasInfluencedBy").GetProperty("kfm:rule").GetString());
        Assert.Equal(frame.Care.Masking, stac.RootElement.GetProperty("properties").GetProperty("care:masking").GetString());
        Assert.Empty(RealtimeHub.Tests.Server.Provenance.JsonSchemas.Problems("stac/v1.0.0/item.json", stac.RootElement));
    }

    private static Dictionary<string, object?> Fields(string id, double[] bbox, double interval = 60, string? onProtected = null) => new()
    {
        ["id"] = id,
        ["variables"] = new[] { "t2m" },
        ["time_mode"] = "realtime",
        ["domain"] = new { crs = "EPSG:4326", bbox },
        ["options"] = new { interval_seconds = interval },
        ["on_protected"] = onProtected ?? "conceal",
    };

    private static FrameEnvelope Frame(HubPush push) => push.Argument.Deserialize<FrameEnvelope>(RealtimeJson.Options)!;

    private static List<(double Latitude, double Longitude, float Value)> Values(FrameEnvelope frame)
    {
        var grid = frame.Payload.To(RealtimeJsonContext.Default.ClimatePayload)!.Grid;
        var values = frame.Blocks!["t2m"].ToFloats();
        return [.. values.Select((v, i) => (grid.Latitude!.Value + (i / grid.Columns * grid.LatitudeStep!.Value), grid.Longitude!.Value + (i % grid.Columns * grid.LongitudeStep!.Value), v))];
    }

    private static bool Inside(double latitude, double longitude) => IsIn(Protected, latitude, longitude);

    private static bool IsIn(GeoBox box, double latitude, double longitude) => box.Contains(latitude, longitude);

    private static string? Code(JsonElement answer) => answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;

    private static void AssertViolation(JsonElement answer)
    {
        Assert.Equal("CARE_POLICY_VIOLATION", Code(answer));
        Assert.StartsWith("POLICY-", answer.GetProperty("error").GetProperty("details").GetProperty("policy").GetString(), StringComparison.Ordinal);
    }

    private async Task ReplaceAsync(string policy)
    {
        await File.WriteAllTextAsync(_policy + ".new", policy, TestContext.Current.CancellationToken);
        File.Move(_policy + ".new", _policy, overwrite: true);
        await Soon.HappensAsync(_changes.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask(), "the changed policy file is read");
    }
}
