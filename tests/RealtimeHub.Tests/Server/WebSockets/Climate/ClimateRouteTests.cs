using RealtimeHub.Testing;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Tests.Server.Hubs.Climate;
using RealtimeHub.Tests.Server.Policy;

namespace RealtimeHub.Tests.Server.WebSockets.Climate;

public class ClimateRouteTests
{
    private const string Route = "/ws/climate";

    [Fact]
    public async Task P352_fields_and_drivers_are_answered_with_their_first_frame()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, Route, HubServer.AdminKey, null, "other", "kfm.climate.v11.stream");

        var fields = await probe.AskAsync(ClimateRequests.Fields(ClimateRequests.Open).With("type", "subscribe"));
        var drivers = await probe.AskAsync(ClimateRequests.Drivers("cape").With("type", "subscribe_drivers"));

        Assert.Equal("kfm.climate.v11.stream", probe.Subprotocol);
        Assert.Equal(("data", "sub-001"), (fields.GetProperty("type").GetString(), fields.GetProperty("id").GetString()));
        Assert.Equal("""["t2m","td2m"]""", fields.GetProperty("variables").GetRawText());
        Assert.Equal("K", fields.GetProperty("data").GetProperty("t2m").GetProperty("units").GetString());
        Assert.NotEmpty(Convert.FromBase64String(fields.GetProperty("data").GetProperty("t2m").GetProperty("values").GetProperty("data").GetString()!));
        Assert.StartsWith("1220", fields.GetProperty("checksums").GetProperty("multihash").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("urn:kfm:activity:", fields.GetProperty("prov").GetProperty("activity").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(fields.GetProperty("stac").GetProperty("items").EnumerateArray());
        Assert.True(fields.GetProperty("care").TryGetProperty("masking", out _));
        Assert.Equal(("data", "sub-drivers-001"), (drivers.GetProperty("type").GetString(), drivers.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task P352_an_explanation_comes_as_xai()
    {
        await using var server = HubServer.Start();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, Route, HubServer.AdminKey, null, "kfm.climate.v11.xai");

        var xai = await probe.AskAsync(ClimateRequests.Xai().With("type", "subscribe_xai"));

        Assert.Equal(("xai", "sub-xai-001", "t2m", "shap"), (
            xai.GetProperty("type").GetString(), xai.GetProperty("id").GetString(), xai.GetProperty("variable").GetString(), xai.GetProperty("method").GetString()));
        Assert.Equal(
            xai.GetProperty("attribution").GetProperty("features").GetArrayLength(), xai.GetProperty("attribution").GetProperty("contributions").GetArrayLength());
        Assert.True(xai.GetProperty("care").TryGetProperty("scope", out _));
    }

    [Theory]
    [InlineData("variables", "luck", "INVALID_REQUEST", "variables")]
    [InlineData("colour", "red", "INVALID_REQUEST", "colour")]
    [InlineData("type", "dance", "INVALID_REQUEST", "type")]
    public async Task P352_errors_name_the_subscription_and_the_field(string member, string value, string code, string field)
    {
        await using var server = HubServer.Start();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, Route);
        var request = ClimateRequests.Fields().With("type", "subscribe").With(member, member == "variables" ? new[] { value } : value);

        var error = await probe.AskAsync(request);
        var gone = await probe.AskAsync(new { type = "unsubscribe", id = "sub-001" });

        Assert.Equal(("error", "sub-001", code, field), (
            error.GetProperty("type").GetString(), error.GetProperty("ref").GetString(), error.GetProperty("code").GetString(), error.GetProperty("details").GetProperty("field").GetString()));
        Assert.Equal("SUBSCRIPTION_NOT_FOUND", gone.GetProperty("code").GetString());
    }

    [Fact]
    public async Task P352_scopes_are_asked_for_and_strangers_are_refused_over_http()
    {
        await using var server = HubServer.Start(keys: [("fields", "fields-key", "scope:climate:read"), ("none", "none-key", "events:read")]);
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, Route, "fields-key");

        var error = await probe.AskAsync(ClimateRequests.Xai().With("type", "subscribe_xai"));

        Assert.Equal("UNAUTHORIZED", error.GetProperty("code").GetString());
        Assert.Equal(401, await PlainProbe.StatusAsync(server.Uri, Route));
        Assert.Equal(403, await PlainProbe.StatusAsync(server.Uri, Route, ("X-API-Key", "none-key")));
        Assert.Equal(101, await PlainProbe.StatusAsync(server.Uri, Route, ("Authorization", "Bearer fields-key")));
    }

    [Fact]
    public async Task P352_a_protected_area_is_refused_with_the_name_of_the_policy()
    {
        var policy = Path.Combine(Path.GetTempPath(), $"policy-{Guid.NewGuid():N}.geojson");
        await File.WriteAllTextAsync(policy, PolicyBench.Json(("deny", 5, new GeoBox(-98.2, 38.2, -97.6, 38.8))));
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Policy:File"] = policy }, keys: [("reader", "reader-key", "climate:read")]);
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, Route, "reader-key");

        var error = await probe.AskAsync(ClimateRequests.Fields([-98.1, 38.3, -97.7, 38.7]).With("type", "subscribe"));
        File.Delete(policy);

        Assert.Equal(("error", "CARE_POLICY_VIOLATION"), (error.GetProperty("type").GetString(), error.GetProperty("code").GetString()));
        Assert.NotEmpty(error.GetProperty("details").GetProperty("policy").GetString()!);
    }

    [Fact]
    public async Task P352_nonsense_again_and_again_ends_the_session_with_a_control_frame()
    {
        await using var server = HubServer.Start();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, Route);

        for (var i = 0; i < 50; i++)
        {
            await probe.SendAsync(ClimateRequests.Fields().With("type", "subscribe").With("variables", new[] { "luck" }));
        }

        Assert.Equal(1008, await probe.WaitForCloseAsync());
        Assert.Equal(("control", "SESSION_CLOSED"), (probe.All[^1].GetProperty("type").GetString(), probe.All[^1].GetProperty("code").GetString()));
    }
}
