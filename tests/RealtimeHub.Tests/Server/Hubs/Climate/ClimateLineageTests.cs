using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Policy;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>What was refused, and what a session was given, is in the lineage.</summary>
public sealed class ClimateLineageTests
{
    private static readonly (string, string, string)[] Keys = [("reader", "reader-key", "climate:read xai:read"), ("other", "other-key", "climate:read xai:read")];

    [Fact]
    public async Task P266_a_refusal_is_in_the_lineage_of_its_session_and_read_by_its_own_principal_alone()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider(), keys: Keys);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub, "reader-key");
        using var http = server.Http("reader-key");
        using var others = server.Http("other-key");
        var request = ClimateRequests.Fields().With("on_protected", "deny");
        for (var run = 0; run < KfmVectors.Case("authz.json", "kfm-authz-9").GetProperty("runs").GetInt32(); run++)
        {
            Assert.Equal("CARE_POLICY_VIOLATION", (await probe.CallAsync("Subscribe", request)).ErrorCode());
        }

        var session = Assert.Single((await http.GetFromJsonAsync<JsonElement>("/api/v1/prov")).GetProperty("@graph").EnumerateArray());
        var decision = Assert.Single(session.GetProperty("kfm:activities").EnumerateArray()).GetString()!;
        var record = await http.GetFromJsonAsync<JsonElement>("/api/v1/prov/" + decision);
        using var foreign = await others.GetAsync(new Uri("/api/v1/prov/" + decision, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.StartsWith("urn:kfm:care:decision:", decision, StringComparison.Ordinal);
        Assert.Equal(("deny", "CARE_POLICY_VIOLATION", "fields", 2), (Text(record, "kfm:outcome"), Text(record, "kfm:code"), Text(record, "kfm:kind"), record.GetProperty("kfm:count").GetInt32()));
        Assert.Equal("INDIGENOUS-DATA-PROTECTION", Text(record, "kfm:policy"));
        Assert.Contains("urn:kfm:policy:indigenous-data-protection", record.GetProperty("used").EnumerateArray().Select(u => u.GetString()));
        Assert.Equal("urn:kfm:service:care-governance", record.GetProperty("wasAssociatedWith").GetProperty("@id").GetString());
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task P266_a_refusal_names_no_place()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider(), keys: Keys);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub, "reader-key");
        using var http = server.Http("reader-key");
        await probe.CallAsync("SubscribeXai", ClimateRequests.Xai().With("domain", new { crs = "EPSG:4326", point = new[] { -95.67, 39.67 } }));

        var session = (await http.GetFromJsonAsync<JsonElement>("/api/v1/prov?limit=1")).GetProperty("@graph")[0];
        var record = await http.GetStringAsync(new Uri("/api/v1/prov/" + session.GetProperty("kfm:activities")[0].GetString(), UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("39.6", record, StringComparison.Ordinal);
        Assert.DoesNotContain("95.6", record, StringComparison.Ordinal);
        Assert.DoesNotContain("Kickapoo", record, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task P266_stories_and_what_refused_one_are_part_of_the_session()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider(), keys: Keys);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub, "reader-key");
        using var http = server.Http("reader-key");

        var story = (await probe.CallAsync("GetStoryNode", new { domain = new { bbox = ClimateRequests.Open } })).GetProperty("story");
        await probe.CallAsync("GetFocusMode", new { domain = new { bbox = ClimateRequests.Kansas }, on_protected = "deny" });

        var parts = (await http.GetFromJsonAsync<JsonElement>("/api/v1/prov")).GetProperty("@graph")[0].GetProperty("kfm:activities").EnumerateArray().Select(a => a.GetString()!).ToList();
        Assert.Equal(story.GetProperty("prov").GetProperty("activity").GetString(), parts[0]);
        Assert.Equal("story", Text(await http.GetFromJsonAsync<JsonElement>("/api/v1/prov/" + parts[1]), "kfm:kind"));
    }

    [Fact]
    public async Task P171_a_principal_lists_its_own_sessions_with_what_they_were_given()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider(), keys: Keys);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub, "reader-key");
        using var http = server.Http("reader-key");
        using var others = server.Http("other-key");
        await probe.CallAsync("Subscribe", ClimateRequests.Fields());
        var frame = (await probe.WaitForAsync("Data"))[0].Frame();

        var own = (await http.GetFromJsonAsync<JsonElement>("/api/v1/prov")).GetProperty("@graph");
        var foreign = (await others.GetFromJsonAsync<JsonElement>("/api/v1/prov")).GetProperty("@graph");
        using var bad = await http.GetAsync(new Uri("/api/v1/prov?limit=0", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(frame.Prov!.Activity, Assert.Single(own.EnumerateArray()).GetProperty("kfm:activities")[0].GetString());
        Assert.Equal(0, foreign.GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task P121_climate_channels_are_neither_listed_nor_read_over_HTTP()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        using var http = server.Http();
        var answers = new[]
        {
            await probe.CallAsync("Subscribe", ClimateRequests.Fields()),
            await probe.CallAsync("SubscribeDrivers", ClimateRequests.Drivers()),
            await probe.CallAsync("SubscribeTiles", new { variable = "t2m", tile = "6/14/24" }),
            await probe.CallAsync("SubscribeXai", ClimateRequests.Xai()),
        };
        await probe.WaitForAsync("Data", 3);

        foreach (var channel in answers.Select(a => a.GetProperty("subscription").GetProperty("channel").GetString()))
        {
            using var history = await http.GetAsync(new Uri($"/api/v1/channels/{channel}/history", UriKind.Relative), TestContext.Current.CancellationToken);
            using var publish = await http.PostAsJsonAsync($"/api/v1/channels/{channel}/events", new { type = "climate.fields", payload = new { } }, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.Forbidden, history.StatusCode);
            Assert.False(publish.IsSuccessStatusCode);
        }

        Assert.DoesNotContain("climate-", await http.GetStringAsync(new Uri("/api/v1/channels", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string? Text(JsonElement json, string member) => json.GetProperty(member).GetString();
}
