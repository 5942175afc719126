using System.Text.Json;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Policy;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>The cases of tests/vectors/kfm that a hub can be asked; <c>type</c> says there which method is meant.</summary>
public sealed class KfmVectorTests
{
    [Theory]
    [InlineData("kfm-val-6")]
    [InlineData("kfm-val-7")]
    [InlineData("kfm-val-18")]
    [InlineData("kfm-val-20")]
    public async Task Refused_requests_name_the_field(string id)
    {
        await using var store = await ShiftedStore.StartAsync();
        var vector = KfmVectors.Case("validation.json", id);
        var expected = vector.GetProperty("expect")[0];

        var answer = await store.SendAsync(vector.GetProperty("send"));

        Assert.Equal(expected.GetProperty("code").GetString(), answer.ErrorCode());
        Assert.StartsWith(expected.GetProperty("details").GetProperty("field").GetString()!, answer.ErrorField(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_components_of_the_wind_are_accepted()
    {
        await using var store = await ShiftedStore.StartAsync();

        Assert.Null((await store.SendAsync(KfmVectors.Case("validation.json", "kfm-val-17").GetProperty("send"))).ErrorCode());
    }

    [Theory]
    [InlineData("pressure_level", "Subscribe")]
    [InlineData("height_agl", "Subscribe")]
    [InlineData("pressure", "SubscribeDrivers")]
    [InlineData("model_level", "SubscribeDrivers")]
    public async Task Documented_vertical_references_are_known(string vertical, string method)
    {
        await using var store = await ShiftedStore.StartAsync();
        var request = method == "Subscribe" ? ClimateRequests.Fields() : ClimateRequests.Drivers();

        var answer = await store.Probe.CallAsync(method, request.With("domain", new { crs = "EPSG:4326", bbox = ClimateRequests.Open, vertical }));

        Assert.Null(answer.ErrorCode());
    }

    [Fact]
    public async Task The_documented_explanation_of_the_shifted_store_is_given_and_labelled()
    {
        await using var store = await ShiftedStore.StartAsync();

        var answer = await store.SendAsync(KfmVectors.Case("authz.json", "kfm-authz-5").GetProperty("send"));
        var frame = (await store.Probe.WaitForAsync("Xai"))[0];

        Assert.Null(answer.ErrorCode());
        Assert.Equal("2025-06-03T00:00:00.000Z", frame["payload"].GetProperty("time").GetString());
    }

    [Fact]
    public async Task Unsubscribe_stops_the_stream()
    {
        await using var store = await ShiftedStore.StartAsync();
        var vector = KfmVectors.Case("flows.json", "kfm-flow-4");
        await store.SendAsync(vector.GetProperty("before")[0]);
        await store.Probe.WaitForAsync("Data");

        await store.SendAsync(vector.GetProperty("send"));
        var before = store.Probe.All.Count(p => p.Target == "Data");
        store.Clock.Advance(TimeSpan.FromSeconds(vector.GetProperty("expect_none_after_s").GetInt32()));
        await store.Probe.CallAsync("Ping");

        Assert.Equal(before, store.Probe.All.Count(p => p.Target == "Data"));
    }

    [Fact]
    public async Task Same_seed_and_inputs_give_the_same_frame()
    {
        var send = KfmVectors.Case("flows.json", "kfm-flow-7").GetProperty("send");
        var checksums = new List<string?>();
        for (var run = 0; run < 2; run++)
        {
            await using var store = await ShiftedStore.StartAsync();
            await store.SendAsync(send);
            checksums.Add((await store.Probe.WaitForAsync("Data"))[0]["checksums"].GetProperty("multihash").GetString());
        }

        Assert.Equal(checksums[0], checksums[1]);
    }

    [Fact]
    public void Explanations_have_the_documented_levels() => Assert.Equal(
        KfmVectors.Case("xai-prov-stac.json", "kfm-prov-13").GetProperty("values").EnumerateArray().Select(v => v.GetString()),
        XaiLevels.All);

    /// <summary>A server on a copy of the bundled run whose times are shifted to June 2025, and titled so.</summary>
    private sealed class ShiftedStore : IAsyncDisposable
    {
        private readonly HubServer _server;
        private readonly string _folder;

        private ShiftedStore(HubServer server, string folder, ManualTimeProvider clock, HubProbe probe) =>
            (_server, _folder, Clock, Probe) = (server, folder, clock, probe);

        public ManualTimeProvider Clock { get; }

        public HubProbe Probe { get; }

        public static async Task<ShiftedStore> StartAsync()
        {
            var folder = Directory.CreateTempSubdirectory("shifted").FullName;
            StoreShift.Copy(Data.Stores.PathOf(Data.Stores.Ruc), Path.Combine(folder, Data.Stores.Ruc + ".zarr"), DateTimeOffset.Parse("2025-06-02T12:00:00Z", null));
            var clock = new ManualTimeProvider();
            var server = HubServer.Start(new Dictionary<string, string?> { ["ClimateData:Folders:0"] = folder }, clock);
            return new ShiftedStore(server, folder, clock, await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub));
        }

        public async Task<JsonElement> SendAsync(JsonElement message)
        {
            var request = message.EnumerateObject().Where(m => m.Name != "type").ToDictionary(m => m.Name, m => (object?)m.Value);
            var method = message.GetProperty("type").GetString() switch
            {
                "subscribe_drivers" => "SubscribeDrivers",
                "subscribe_xai" => "SubscribeXai",
                "unsubscribe" => "Unsubscribe",
                _ => "Subscribe",
            };
            return await Probe.CallAsync(method, request);
        }

        public async ValueTask DisposeAsync()
        {
            await Probe.DisposeAsync();
            await _server.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
