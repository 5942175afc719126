using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Policy.Rules;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>Records that have a place: where they are shown.</summary>
public sealed class ClimatePointTests
{
    private const string Secret = "a secret of the tests, long enough";

    // In an area that generalises, in one that denies, and in none.
    private static readonly PlacedRecord Prairie = new() { Id = "prairie", Longitude = -96.55, Latitude = 38.44 };
    private static readonly PlacedRecord Hidden = new() { Id = "hidden", Longitude = -95.84, Latitude = 39.335 };
    private static readonly PlacedRecord Open = new() { Id = "open", Longitude = -101.9, Latitude = 37.2 };

    [Fact]
    public async Task P267_records_are_shown_in_a_ring_around_their_place_or_not_at_all()
    {
        await using var server = Start();
        await using var client = server.Client();

        var result = await client.Climate.MaskPointsAsync(new MaskPointsRequest { Points = [Prairie, Hidden, Open, Open with { Id = "site", Label = "sacred" }] }, TestContext.Current.CancellationToken);

        Assert.Equal(["prairie", "open", "site"], result.Points.Select(p => p.Id));
        Assert.Equal(["donut", "none", "donut"], result.Points.Select(p => p.Masking));
        Assert.Equal((1, "donut", "public-generalized"), (result.Hidden, result.Care.Masking, result.Care.Scope));
        Assert.InRange(Metres(Prairie, result.Points[0]), 250, 500);
        Assert.Equal((Open.Longitude, Open.Latitude), (result.Points[1].Longitude, result.Points[1].Latitude));
        Assert.InRange(Metres(Open, result.Points[2]), 3_000, 10_000);
    }

    [Fact]
    public async Task P267_a_record_is_always_shown_at_the_same_place_and_another_callers_record_of_that_name_elsewhere()
    {
        await using var server = Start(("one", "one-key", "climate:read"), ("two", "two-key", "climate:read"));
        await using var one = server.Client("one-key");
        await using var two = server.Client("two-key");
        var request = new MaskPointsRequest { Points = [Prairie] };

        var first = await one.Climate.MaskPointsAsync(request, TestContext.Current.CancellationToken);
        var again = await one.Climate.MaskPointsAsync(request, TestContext.Current.CancellationToken);
        var other = await two.Climate.MaskPointsAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(first.Points, again.Points);
        Assert.NotEqual(first.Points[0], other.Points[0]);
    }

    [Fact]
    public async Task P267_without_a_secret_nothing_sensitive_is_shown()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();

        var result = await client.Climate.MaskPointsAsync(new MaskPointsRequest { Points = [Prairie, Open] }, TestContext.Current.CancellationToken);

        Assert.Equal((1, "open"), (result.Hidden, Assert.Single(result.Points).Id));
    }

    [Theory]
    [InlineData("""{"points":[]}""", "points")]
    [InlineData("""{"points":[{"longitude":-98,"latitude":38}]}""", "points[0].id")]
    [InlineData("""{"points":[{"id":"a","longitude":-98,"latitude":38},{"id":"a","longitude":-98,"latitude":38}]}""", "points[1].id")]
    [InlineData("""{"points":[{"id":"a","longitude":-198,"latitude":38}]}""", "points[0].longitude")]
    [InlineData("""{"points":[{"id":"a","longitude":-98}]}""", "points[0].latitude")]
    [InlineData("""{"points":[{"id":"a","longitude":-98,"latitude":38,"label":"secret"}]}""", "points[0].label")]
    [InlineData("""{"points":"many"}""", "points")]
    public async Task P267_what_makes_no_sense_is_refused_naming_the_member(string body, string field)
    {
        await using var server = Start();

        var (status, problem) = await PostAsync(server, body, HubServer.AdminKey);

        Assert.Equal((HttpStatusCode.BadRequest, field), (status, problem.GetProperty("errors")[0].GetProperty("field").GetString()));
    }

    [Fact]
    public async Task P265_an_exact_site_is_not_shown_whatever_it_is_said_to_be_for()
    {
        await using var server = Start(("stranger", "stranger-key", "events:read"));
        const string Body = """{"points":[{"id":"a","longitude":-98,"latitude":38}],"claim":{"character":"NETWORK_AND_SITE_CONTEXT","kind":"site_context","spatial_support":"exact_site"}}""";

        var (status, problem) = await PostAsync(server, Body, HubServer.AdminKey);
        var (forbidden, _) = await PostAsync(server, Body, "stranger-key");

        Assert.Equal((HttpStatusCode.Forbidden, "CARE_POLICY_VIOLATION"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal("PRECISE_SITE_EXPOSURE_DENIED", problem.GetProperty("policy").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, forbidden);
    }

    private static HubServer Start(params (string, string, string)[] keys) => HubServer.Start(new Dictionary<string, string?> { ["Policy:DisplacementSecret"] = Secret }, keys: keys);

    private static async Task<(HttpStatusCode Status, JsonElement Problem)> PostAsync(HubServer server, string body, string key)
    {
        using var http = server.Http(key);
        using var content = new StringContent(body, null, "application/json");
        using var response = await http.PostAsync(new Uri("/api/v1/climate/points", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    private static double Metres(PlacedRecord a, PlacedRecord b) =>
        PointDisplacement.MetresBetween(new LatLng(a.Latitude!.Value, a.Longitude!.Value), new LatLng(b.Latitude!.Value, b.Longitude!.Value));
}
