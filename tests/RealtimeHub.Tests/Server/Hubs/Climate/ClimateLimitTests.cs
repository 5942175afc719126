using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>How much of what costs most anybody may ask for.</summary>
public sealed class ClimateLimitTests
{
    private static readonly Uri Infer = new("/api/v1/climate/infer", UriKind.Relative);

    [Fact]
    public async Task P262_a_connection_follows_so_many_explanations_and_gets_a_place_back_when_one_ends()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Climate:MaxXaiPerConnection"] = "2" }, new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        var answers = new List<JsonElement>();
        foreach (var id in new[] { "one", "two", "three" })
        {
            answers.Add(await probe.CallAsync("SubscribeXai", Following(id)));
        }

        var again = await probe.CallAsync("SubscribeXai", Following("two"));
        await probe.CallAsync("Unsubscribe", new { id = "one" });
        var later = await probe.CallAsync("SubscribeXai", Following("three"));

        Assert.Equal([null, null, "MAX_SUBSCRIPTIONS_REACHED"], answers.Select(a => a.ErrorCode()));
        Assert.Equal("2 channels of kind xai per connection", answers[2].GetProperty("error").GetProperty("details").GetProperty("limit").GetString());
        Assert.Equal([null, null], new[] { again, later }.Select(a => a.ErrorCode()));
    }

    [Fact]
    public async Task P262_streams_of_explanations_count_among_them()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Climate:MaxXaiPerConnection"] = "1" }, new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        var (refused, inside) = (new List<string?>(), (string?)null);

        await foreach (var item in probe.StreamAsync("StreamXai", Following("stream")))
        {
            if (item.GetProperty("kind").GetString() == "frame")
            {
                inside = (await probe.CallAsync("SubscribeXai", Following("one"))).ErrorCode();
                await foreach (var second in probe.StreamAsync("StreamXai", Following("two")))
                {
                    refused.Add(second.ErrorCode());
                }

                break;
            }
        }

        await probe.WaitForStreamEndsAsync();
        Assert.Equal(("MAX_SUBSCRIPTIONS_REACHED", "MAX_SUBSCRIPTIONS_REACHED"), (inside, Assert.Single(refused)));
        Assert.Null((await probe.CallAsync("SubscribeXai", Following("one"))).ErrorCode());
    }

    [Fact]
    public async Task P262_a_principal_has_so_many_explanations_a_minute_however_it_asks()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Limits:ExplanationsPerMinute"] = "3" }, clock);
        await using var one = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        await using var two = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        using var http = server.Http();

        var answers = new List<JsonElement> { await one.CallAsync("SubscribeXai", ClimateRequests.Xai()) };
        var frame = (await one.WaitForAsync("Xai"))[0].Frame();
        using (var verified = await http.PostAsJsonAsync("/api/v1/climate/verify", new { activity = frame.Prov!.Activity }, TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, verified.StatusCode);
        }

        answers.Add(await two.CallAsync("SubscribeXai", Following("a")));
        answers.Add(await two.CallAsync("SubscribeXai", Following("b")));
        using var refused = await http.PostAsJsonAsync("/api/v1/climate/verify", new { activity = frame.Prov.Activity }, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(1));
        answers.Add(await two.CallAsync("SubscribeXai", Following("b")));

        Assert.Equal([null, null, "RATE_LIMIT", null], answers.Select(a => a.ErrorCode()));
        Assert.Equal("3 explanations per principal in 60 s, 3 at once", answers[2].GetProperty("error").GetProperty("details").GetProperty("limit").GetString());
        Assert.True(answers[2].GetProperty("error").GetProperty("retry_after_ms").GetInt64() is > 0 and <= 20_000);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task P262_a_connection_follows_so_many_tiles_under_whatever_ids()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Climate:MaxTilesPerConnection"] = "2" }, new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);

        await probe.CallAsync("TrackTiles", new { id = "map", variable = "orog", tiles = new[] { "6/14/24", "6/15/24" } });
        var other = await probe.CallAsync("TrackTiles", new { id = "inset", variable = "t2m", tiles = new[] { "6/14/24" } });
        var single = await probe.CallAsync("SubscribeTiles", new { id = "tile", variable = "t2m", tile = "6/15/24" });

        Assert.Equal("MAX_SUBSCRIPTIONS_REACHED", other.GetProperty("refused").GetProperty("6/14/24").GetProperty("code").GetString());
        Assert.Equal("MAX_SUBSCRIPTIONS_REACHED", single.ErrorCode());
    }

    [Fact]
    public async Task P263_predictions_over_HTTP_have_a_pace()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Limits:InferencesPerMinute"] = "2" }, clock);
        using var http = server.Http();

        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await http.PostAsJsonAsync(Infer, Grid(-99, -98.8), TestContext.Current.CancellationToken);
            codes.Add(response.StatusCode);
        }

        clock.Advance(TimeSpan.FromSeconds(30));
        using var later = await http.PostAsJsonAsync(Infer, Grid(-99, -98.8), TestContext.Current.CancellationToken);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], [.. codes, later.StatusCode]);
    }

    [Fact]
    public async Task P263_predictions_over_HTTP_have_the_quota_of_the_rate_class()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Policy:Quotas:standard"] = "100" }, new ManualTimeProvider());
        using var http = server.Http();

        using var small = await http.PostAsJsonAsync(Infer, Grid(-99, -98.8), TestContext.Current.CancellationToken);
        using var large = await http.PostAsJsonAsync(Infer, Grid(-100, -90), TestContext.Current.CancellationToken);

        var problem = await large.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        Assert.Equal(("CARE_THROTTLED", HttpStatusCode.TooManyRequests), (problem.GetProperty("code").GetString(), large.StatusCode));
    }

    private static Dictionary<string, object?> Following(string id) =>
        ClimateRequests.Xai().With("id", id).With("time", null).With("options", new { interval_seconds = 300, background_rows = id.Length + (id[0] % 8) });

    private static object Grid(double west, double east)
    {
        object Field(float value) => new { dtype = "float32", shape = new[] { 2, 3 }, units = "1", data = Convert.ToBase64String([.. Enumerable.Repeat(BitConverter.GetBytes(value), 6).SelectMany(b => b)]) };
        return new
        {
            time = "2005-08-07T12:00:00Z",
            lead_seconds = 3600,
            variables = new[] { "t2m" },
            latitudes = new[] { 38.0, 38.1 },
            longitudes = new[] { west, (west + east) / 2, east },
            fields = new Dictionary<string, object>
            {
                ["t2m"] = Field(300), ["td2m"] = Field(290), ["r2m"] = Field(55), ["u10"] = Field(2), ["v10"] = Field(3), ["sp"] = Field(95_000), ["tskin"] = Field(301), ["orog"] = Field(500),
            },
        };
    }
}
