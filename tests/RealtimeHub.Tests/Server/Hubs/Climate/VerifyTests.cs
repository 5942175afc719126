using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

public sealed class VerifyTests
{
    private static readonly Uri Verify = new("/api/v1/climate/verify", UriKind.Relative);

    [Fact]
    public async Task P130_every_kind_of_frame_is_computed_again_and_matches()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        using var http = server.Http();
        await probe.CallAsync("Subscribe", ClimateRequests.Fields().With("options", new { interval_seconds = 60, seed = 7, member = 2 }));
        await probe.CallAsync("SubscribeDrivers", ClimateRequests.Drivers().With("options", new { storm_motion = new[] { 10.0, 0.0 } }));
        await probe.CallAsync("SubscribeTiles", new { variable = "t2m", tile = "6/14/24" });
        await probe.CallAsync("SubscribeXai", ClimateRequests.Xai());
        await probe.WaitForAsync("Xai");
        var frames = (await probe.WaitForAsync("Data", 3)).Concat(await probe.WaitForAsync("Xai"));

        foreach (var frame in frames.Select(p => p.Frame()))
        {
            var recipe = frame.Payload.ToElement().GetProperty("recipe");
            var byRecipe = await PostAsync(http, new { recipe, multihash = frame.Checksums!.Multihash });
            var byActivity = await PostAsync(http, new { activity = frame.Prov!.Activity });
            var other = await PostAsync(http, new { recipe, multihash = "1220" + new string('0', 64) });

            Assert.True(byRecipe.GetProperty("matches").GetBoolean(), recipe.GetRawText());
            Assert.True(byActivity.GetProperty("matches").GetBoolean());
            Assert.False(other.GetProperty("matches").GetBoolean());
        }
    }

    [Fact]
    public async Task P130_what_a_caller_is_not_shown_cannot_be_tried_out()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, ClimateRequests.Hub);
        using var http = server.Http();
        await probe.CallAsync("Subscribe", ClimateRequests.Fields());
        var recipe = (await probe.WaitForAsync("Data"))[0].Frame().Payload.ToElement().GetProperty("recipe").GetRawText();
        var multihash = "1220" + new string('0', 64);

        var bare = recipe.Replace("urn:kfm:care:content:", "urn:kfm:care:content:x", StringComparison.Ordinal);
        using var otherDecision = await http.PostAsync(Verify, Json($$"""{"recipe":{{bare}},"multihash":"{{multihash}}"}"""));
        using var nonsense = await http.PostAsync(Verify, Json($$"""{"recipe":{{recipe.Replace("\"rows\":13", "\"rows\":1300", StringComparison.Ordinal)}},"multihash":"{{multihash}}"}"""));
        using var unknown = await http.PostAsync(Verify, Json("""{"activity":"urn:kfm:activity:ws:infer:00"}"""));

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.NotFound], new[] { otherDecision, nonsense, unknown }.Select(r => r.StatusCode));
    }

    private static StringContent Json(string text) => new(text, null, "application/json");

    private static async Task<JsonElement> PostAsync(HttpClient http, object body)
    {
        using var response = await http.PostAsJsonAsync(Verify, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
