using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>The test list of the handler's document, through real sockets.</summary>
public sealed class HandlerTests
{
    private static readonly (string, string, string)[] Keys =
    [
        ("reader", "reader-key", "climate:read"),
        ("spelled", "spelled-key", "scope:climate:read scope:xai:read"),
        ("stranger", "stranger-key", "events:read"),
    ];

    [Fact]
    public async Task Connection_setup_and_teardown()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await probe.CallAsync("Subscribe", ClimateRequests.Fields());
        await probe.WaitForAsync("Data");

        var ping = await probe.CallAsync("Ping");
        await probe.DisposeAsync();
        await server.WaitForConnectionsAsync(0);

        Assert.Equal("pong", ping.GetProperty("type").GetString());
    }

    [Fact]
    public async Task AuthZ_success_and_failure_paths()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider(), keys: Keys);
        await using var reader = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub, "reader-key");
        await using var spelled = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub, "spelled-key");
        await using var stranger = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub, "stranger-key");

        await Assert.ThrowsAnyAsync<Exception>(() => HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub, "no-such-key"));
        Assert.Null((await reader.CallAsync("Subscribe", ClimateRequests.Fields())).ErrorCode());
        Assert.Equal("FORBIDDEN", (await reader.CallAsync("SubscribeXai", ClimateRequests.Xai())).ErrorCode());
        Assert.Equal("FORBIDDEN", (await stranger.CallAsync("Subscribe", ClimateRequests.Fields())).ErrorCode());
        Assert.Null((await spelled.CallAsync("SubscribeXai", ClimateRequests.Xai())).ErrorCode());
        var forecast = ClimateRequests.Fields().With("time_mode", "forecast");
        Assert.Equal("FORBIDDEN", (await reader.CallAsync("Subscribe", forecast)).ErrorCode());
    }

    [Theory]
    [InlineData("stream", "\"climate.moods\"", "stream")]
    [InlineData("time_mode", "\"yesterday\"", "time_mode")]
    [InlineData("variables", "[]", "variables")]
    [InlineData("variables", "[\"t2m\",\"luck\"]", "variables")]
    [InlineData("variables", "[\"u10\"]", "variables")]
    [InlineData("variables", "[\"t\"]", "domain.levels")]
    [InlineData("variables", "[\"t851\"]", "variables")]
    [InlineData("colour", "\"red\"", "colour")]
    [InlineData("source", "\"moon\"", "source")]
    [InlineData("on_protected", "\"smile\"", "on_protected")]
    [InlineData("domain", """{"crs":"EPSG:3857","bbox":[-101,36.9,-94.6,40.1]}""", "domain.crs")]
    [InlineData("domain", """{"crs":"EPSG:4326","bbox":[-101,36.9,-94.6]}""", "domain.bbox")]
    [InlineData("domain", """{"crs":"EPSG:4326","bbox":[-94,36.9,-101,40.1]}""", "domain.bbox")]
    [InlineData("domain", """{"crs":"EPSG:4326","bbox":[-130,20,-94.6,40.1]}""", "domain.bbox")]
    [InlineData("domain", """{"crs":"EPSG:4326","bbox":[-99.1,38.3,-99.05,38.4]}""", "domain.bbox")]
    [InlineData("domain", """{"crs":"EPSG:4326","bbox":[-101,36.9,-94.6,40.1],"vertical":"furlongs"}""", "domain.vertical")]
    [InlineData("domain", """{"crs":"EPSG:4326"}""", "domain.bbox")]
    [InlineData("options", """{"interval_seconds":0.01}""", "options.interval_seconds")]
    [InlineData("options", """{"member":51}""", "options.member")]
    [InlineData("options", """{"seed":-1}""", "options.seed")]
    [InlineData("options", """{"start":"2005-08-07T03:00:00Z"}""", "options.start")]
    [InlineData("options", """{"interval_seconds":"often"}""", "options.interval_seconds")]
    public async Task P122_Subscription_validation_for_fields_domain_time_and_variables(string member, string json, string field)
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        var answer = await probe.CallAsync("Subscribe", ClimateRequests.Fields().With(member, JsonSerializer.Deserialize<JsonElement>(json)));

        Assert.Equal("INVALID_REQUEST", answer.ErrorCode());
        Assert.StartsWith(field, answer.ErrorField(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P122_the_first_layer_that_fails_answers()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        var all = ClimateRequests.Fields(null, "luck")
            .With("time_mode", "historical")
            .With("domain", new { crs = "EPSG:4326", bbox = new[] { -130.0, 20, -94, 40 } })
            .With("options", new { interval_seconds = 0.0, start = "1999-01-01T00:00:00Z" });

        var schema = await probe.CallAsync("Subscribe", all);
        var time = await probe.CallAsync("Subscribe", all.With("options", new { start = "1999-01-01T00:00:00Z" }));
        var space = await probe.CallAsync("Subscribe", all.With("options", new { start = ClimateRequests.Start }));
        var variables = await probe.CallAsync("Subscribe", all.With("options", new { start = ClimateRequests.Start }).With("domain", new { bbox = ClimateRequests.Kansas }));

        Assert.Equal(
            ["options.interval_seconds", "options.start", "domain.bbox", "variables"],
            new[] { schema, time, space, variables }.Select(a => a.ErrorField()));
        Assert.Contains("2005-08-07T00:00:00.000Z..2005-08-08T00:00:00.000Z", time.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P122_what_is_too_large_is_refused_last_naming_value_and_bound()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Climate:MaxCells"] = "100" }, new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        var answer = await probe.CallAsync("Subscribe", ClimateRequests.Fields());
        var coarser = await probe.CallAsync("Subscribe", ClimateRequests.Fields().With("options", new { stride = 4 }));

        var error = answer.GetProperty("error").GetProperty("details").GetProperty("errors")[0];
        Assert.Equal(("domain.bbox", "338 cells", "at most 100 cells"), (error.GetProperty("field").GetString(), error.GetProperty("value").GetString(), error.GetProperty("bound").GetString()));
        Assert.Null(coarser.ErrorCode());
    }

    [Fact]
    public async Task CARE_and_sovereignty_rule_paths_allow_degrade_and_reject()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        await probe.CallAsync("Subscribe", ClimateRequests.Fields());
        var degraded = (await probe.WaitForAsync("Data"))[0].Frame();
        var rejected = await probe.CallAsync("Subscribe", ClimateRequests.Fields().With("on_protected", "deny").With("id", "two"));
        var inside = await probe.CallAsync("SubscribeXai", ClimateRequests.Xai().With("domain", new { crs = "EPSG:4326", point = new[] { -95.67, 39.67 } }));

        Assert.Equal("h3-generalized", degraded.Care!.Masking);
        Assert.Contains(degraded.Blocks!["t2m"].ToFloats(), float.IsNaN);
        Assert.All(new[] { rejected, inside }, a => Assert.Equal("CARE_POLICY_VIOLATION", a.ErrorCode()));
        Assert.Equal("INDIGENOUS-DATA-PROTECTION", rejected.GetProperty("error").GetProperty("details").GetProperty("policy").GetString());
    }

    [Fact]
    public async Task P120_Streaming_of_climate_fields_at_configured_intervals()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        var answer = await probe.CallAsync("Subscribe", ClimateRequests.Fields());
        var first = (await probe.WaitForAsync("Data"))[0];
        clock.Advance(TimeSpan.FromSeconds(60));
        var second = (await probe.WaitForAsync("Data", 2))[1];

        Assert.Equal("sub-001", answer.GetProperty("subscription").GetProperty("id").GetString());
        Assert.Equal([1, 2], new[] { first.Sequence, second.Sequence });
        var payload = first.Frame().Payload.To(RealtimeJsonContext.Default.ClimatePayload)!;
        Assert.Equal(["t2m", "td2m"], payload.Variables);
        Assert.Equal([13, 26], first.Frame().Blocks!["t2m"].Shape);
        Assert.InRange(payload.Data["t2m"].Mean!.Value, 285, 310);

        // An hour of data passes in a minute.
        Assert.Equal(TimeSpan.FromHours(1), second["payload"].GetProperty("time").GetDateTimeOffset() - payload.Time);
    }

    [Fact]
    public async Task P120_Streaming_of_drivers_at_configured_intervals()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        await probe.CallAsync("SubscribeDrivers", ClimateRequests.Drivers());
        await probe.WaitForAsync("Data");
        clock.Advance(TimeSpan.FromSeconds(300));
        var frames = (await probe.WaitForAsync("Data", 2)).Select(p => p.Frame()).ToList();

        Assert.All(frames, f => Assert.Equal(["cape", "cin", "srh_0_3km"], f.Payload.To(RealtimeJsonContext.Default.ClimatePayload)!.Variables));
        Assert.All(frames, f => Assert.Equal("h3-hazard-generalized", f.Care!.Masking));
        Assert.All(frames, f => Assert.All(f.Blocks!["cape"].ToFloats().Where(float.IsFinite), v => Assert.InRange(v, 0, 6_000)));
        Assert.All(frames, f => Assert.All(f.Blocks!["cin"].ToFloats().Where(float.IsFinite), v => Assert.InRange(v, -1_000, 0)));
    }

    [Fact]
    public async Task P126_XAI_streaming_frames_for_subscribe_xai()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        await probe.CallAsync("SubscribeXai", ClimateRequests.Xai());
        var frame = (await probe.WaitForAsync("Xai"))[0].Frame();
        var ended = (await probe.WaitForAsync("Unsubscribed"))[0];

        var payload = frame.Payload.To(RealtimeJsonContext.Default.XaiPayload)!;
        var blocks = frame.Blocks!;
        var (contributions, prediction) = (blocks["contributions"].ToFloats(), blocks["prediction"].ToFloats());
        Assert.Equal(("t2m", "shap", "spatial", "kfm-climate-v11.2.2"), (payload.Variable, payload.Method, payload.Level, payload.ModelVersion));
        Assert.Equal([22, 5, 5], blocks["contributions"].Shape);
        Assert.StartsWith("urn:kfm:data:source:kansas-ruc13-20050807", payload.InputItems[0], StringComparison.Ordinal);
        for (var cell = 0; cell < prediction.Length; cell++)
        {
            var sum = Enumerable.Range(0, 22).Sum(f => (double)contributions[(f * prediction.Length) + cell]);
            Assert.Equal(prediction[cell] - payload.Attribution.BaseValue, sum, 0.002);
        }

        Assert.StartsWith("urn:kfm:activity:ws:xai:", frame.Prov!.Activity, StringComparison.Ordinal);
        Assert.Equal("completed", ended["reason"].GetString());
    }

    [Fact]
    public async Task P123_PROV_and_STAC_XAI_metadata_presence_on_data_frames()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        using var http = server.Http();

        await probe.CallAsync("Subscribe", ClimateRequests.Fields());
        await probe.CallAsync("SubscribeXai", ClimateRequests.Xai());
        var frames = new[] { (await probe.WaitForAsync("Data"))[0].Frame(), (await probe.WaitForAsync("Xai"))[0].Frame() };

        foreach (var frame in frames)
        {
            Assert.Equal(frame.Digest(), frame.Checksums!.Multihash);
            Assert.NotEmpty(frame.Care!.Notes);
            var prov = await http.GetStringAsync(new Uri($"/api/v1/prov/{frame.Prov!.Activity}", UriKind.Relative));
            var stac = await http.GetStringAsync(new Uri($"/api/v1/stac/items/{frame.Stac!.Items[0]}", UriKind.Relative));
            Assert.Contains(frame.Checksums.Multihash, prov, StringComparison.Ordinal);
            Assert.Contains("kfm:input_items", stac, StringComparison.Ordinal);
        }

        Assert.Contains(frames[0].Care!.Notes, n => n.StartsWith("Replay: these data are of 2005-08-0", StringComparison.Ordinal));
        Assert.Contains(frames[0].Prov!.Used, u => u.Contains("kansas-ruc13-20050807:2005080", StringComparison.Ordinal));
    }

    [Fact]
    public async Task P125_Deterministic_data_frames_under_fixed_seed()
    {
        var request = ClimateRequests.Fields()
            .With("time_mode", "historical")
            .With("options", new { interval_seconds = 60, seed = 42, member = 3, start = ClimateRequests.Start });
        var first = await OneFrameAsync(request);
        var second = await OneFrameAsync(request);
        var other = await OneFrameAsync(request.With("options", new { interval_seconds = 60, seed = 43, member = 3, start = ClimateRequests.Start }));

        Assert.Equal(first.Checksums, second.Checksums);
        Assert.Equal(first.Payload.ToString(), second.Payload.ToString());
        Assert.NotEqual(first.Checksums, other.Checksums);
        Assert.Equal("model", first.Payload.To(RealtimeJsonContext.Default.ClimatePayload)!.Data["t2m"].Origin);
        Assert.Contains(first.Care!.Notes, n => n.StartsWith("Modelled: t2m, td2m by kfm-climate-v11.2.2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rate_limiting_scenarios_persistent_nonsense_ends_the_session()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        for (var i = 0; i < 49; i++)
        {
            await probe.CallAsync("Subscribe", ClimateRequests.Fields(null, "luck"));
        }

        // The session may end ahead of the last answer.
        var last = probe.CallAsync("Subscribe", ClimateRequests.Fields(null, "luck"));
        var control = (await probe.WaitForAsync("Control"))[0];
        await probe.WaitForCloseAsync();
        await last.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);

        Assert.Equal(("SESSION_CLOSED", false), (control["code"].GetString(), control["reconnect"].GetBoolean()));
    }

    private static async Task<FrameEnvelope> OneFrameAsync(Dictionary<string, object?> request)
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        var answer = await probe.CallAsync("Subscribe", request);
        Assert.Null(answer.ErrorCode());
        return (await probe.WaitForAsync("Data"))[0].Frame();
    }
}
