using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Areas;
using RealtimeHub.Server.Policy.Rules;

namespace RealtimeHub.Tests.Server.Policy;

/// <summary>Scopes, roles, time modes, zoom and quota: the cases of tests/vectors/kfm and the rules behind them.</summary>
public class CareAccessTests
{
    private static readonly CarePlace Box = new CarePlace.Box(new(-98.5, 38.0, -97.5, 39.0));

    private readonly PolicyBench _bench = new();

    [Theory]
    [InlineData("kfm-authz-3", nameof(CareKind.Fields), false)]
    [InlineData("kfm-authz-4", nameof(CareKind.Xai), false)]
    [InlineData("kfm-authz-5", nameof(CareKind.Xai), true)]
    public void P157_scopes_open_what_they_name(string vector, string kind, bool isAllowed)
    {
        var scopes = KfmVectors.Case("authz.json", vector).GetProperty("scopes").EnumerateArray().Select(s => s.GetString()!).ToList();

        var decision = _bench.Decider.Decide(PolicyBench.Ask(Box, Enum.Parse<CareKind>(kind)) with { Principal = PolicyBench.Reader with { Scopes = scopes } });

        Assert.Equal(isAllowed, decision.IsAllowed);
        Assert.True(isAllowed || decision.Refusal!.Code == ErrorCodes.Forbidden.Code);
    }

    [Fact]
    public void P157_role_and_attributes_are_asked_before_care_and_explanations_after()
    {
        // kfm-authz-8: role, attributes, care, xai visibility, rate class.
        var inside = PolicyBench.AskBox(-95.85, 39.33, -95.83, 39.34, CareKind.Xai);
        var none = PolicyBench.Reader with { Scopes = [] };
        var readOnly = PolicyBench.Reader with { Scopes = ["climate:read"] };

        Assert.Equal("FORBIDDEN", _bench.Decider.Decide(inside with { Principal = none }).Refusal!.Code);
        Assert.Equal("FORBIDDEN", _bench.Decider.Decide(inside with { TimeMode = CareTimeMode.Forecast }).Refusal!.Code);
        Assert.Equal("CARE_POLICY_VIOLATION", _bench.Decider.Decide(inside with { Principal = readOnly }).Refusal!.Code);
        Assert.Equal("FORBIDDEN", _bench.Decider.Decide(PolicyBench.Ask(Box, CareKind.Xai) with { Principal = readOnly, IntervalSeconds = 1e-9 }).Refusal!.Code);
        Assert.Equal("CARE_THROTTLED", _bench.Decider.Decide(PolicyBench.Ask(Box, CareKind.Xai) with { IntervalSeconds = 1e-9 }).Refusal!.Code);
    }

    [Theory]
    [InlineData("", "", nameof(CareTimeMode.Realtime), true)]
    [InlineData("", "", nameof(CareTimeMode.Historical), false)]
    [InlineData("", "", nameof(CareTimeMode.Forecast), false)]
    [InlineData("public", "", nameof(CareTimeMode.Historical), false)]
    [InlineData("research-basic", "", nameof(CareTimeMode.Historical), true)]
    [InlineData("research-basic", "", nameof(CareTimeMode.Forecast), false)]
    [InlineData("research-advanced", "", nameof(CareTimeMode.Forecast), true)]
    [InlineData("internal-ops", "", nameof(CareTimeMode.Forecast), true)]
    [InlineData("admin-governance", "", nameof(CareTimeMode.Forecast), true)]
    [InlineData("restricted-tribal-sovereign", "", nameof(CareTimeMode.Historical), true)]
    [InlineData("something-else", "", nameof(CareTimeMode.Historical), false)]
    [InlineData("", "climate:historical", nameof(CareTimeMode.Historical), true)]
    [InlineData("", "climate:historical", nameof(CareTimeMode.Forecast), false)]
    [InlineData("", "climate:*", nameof(CareTimeMode.Forecast), true)]
    public void P158_each_time_mode_needs_a_role_or_a_scope(string role, string scope, string mode, bool isAllowed)
    {
        var principal = PolicyBench.Reader with { Roles = role.Length == 0 ? [] : [role], Scopes = scope.Length == 0 ? ["climate:read"] : ["climate:read", scope] };

        var decision = _bench.Decider.Decide(PolicyBench.Ask(Box) with { Principal = principal, TimeMode = Enum.Parse<CareTimeMode>(mode) });

        Assert.Equal(isAllowed, decision.IsAllowed);
    }

    [Fact]
    public void P159_a_sensitive_place_lowers_the_ceiling()
    {
        // kfm-rate-8: rate ceiling(place sensitive) < ceiling(place open).
        var open = PolicyBench.AskBox(-102.0, 36.9, -101.0, 37.9);
        var guarded = PolicyBench.AskBox(-97.0, 38.0, -96.0, 39.0);

        Assert.True(ShortestInterval(guarded) > 3.5 * ShortestInterval(open));
    }

    [Fact]
    public void P159_a_sensitive_variable_counts_more()
    {
        var request = PolicyBench.AskBox(-102.0, 36.9, -101.0, 37.9);

        Assert.InRange(ShortestInterval(request with { Variables = ["soil_moisture"] }) / ShortestInterval(request), 9.9, 10.1);
        Assert.InRange(ShortestInterval(request with { Variables = ["t2m", "td2m"] }) / ShortestInterval(request), 1.99, 2.01);
    }

    [Fact]
    public void P159_throttling_is_told_as_documented_and_is_the_same_every_time()
    {
        var request = PolicyBench.Ask(new CarePlace.Box(PolicyBench.KansasBox)) with { IntervalSeconds = 0.01 };

        var answers = Enumerable.Range(0, 20).Select(_ => _bench.Decider.Decide(request)).ToList();

        Assert.Single(answers.Select(a => (a.DecisionId, a.Refusal!.Message, a.Refusal.Details!.Limit)).Distinct());
        var expected = KfmVectors.Case("care.json", "kfm-care-12").GetProperty("frame").GetProperty("error");
        Assert.Equal(expected.GetProperty("code").GetString(), answers[0].Refusal!.Code);
        Assert.Equal(expected.GetProperty("message").GetString() + ".", answers[0].Refusal!.Message);
        Assert.Equal(expected.GetProperty("details").GetProperty("policy").GetString(), answers[0].Refusal!.Details!.Policy);
        Assert.Equal(expected.GetProperty("details").GetProperty("action").GetString(), answers[0].Refusal!.Details!.Action);
        Assert.False(answers[0].Refusal!.Retryable);
    }

    [Fact]
    public void P159_a_rate_class_that_is_not_known_has_the_smallest_quota()
    {
        var bench = new PolicyBench(options: new CareOptions { Quotas = new() { ["standard"] = 4_000_000, ["low"] = 1_000 } });
        var request = PolicyBench.AskBox(-102.0, 36.9, -101.0, 37.9) with { IntervalSeconds = 1 };

        Assert.True(bench.Decider.Decide(request).IsAllowed);
        Assert.Equal("CARE_THROTTLED", bench.Decider.Decide(request with { Principal = PolicyBench.Reader with { RateClass = "whatever" } }).Refusal!.Code);
    }

    [Theory]
    [InlineData("deny", 5, 10, true)]
    [InlineData("deny", 5, 11, false)]
    [InlineData("generalize", 4, 9, true)]
    [InlineData("generalize", 4, 10, false)]
    public void P160_tiles_closer_than_the_ceiling_of_their_place_are_refused(string rule, int resolution, int zoom, bool isAllowed)
    {
        // Around what denies the category ends it at 10; where cells of resolution 4 are shown their sides do at 9.
        var bench = new PolicyBench(PolicyBench.Of((rule, resolution, new(-98.2, 38.0, -98.0, 38.2))));
        var beside = CareDeciderTests.TileAt(zoom, 38.25, -98.1);

        var decision = bench.Decider.Decide(PolicyBench.Ask(beside, CareKind.Tile));

        Assert.Equal(isAllowed, decision.IsAllowed);
        Assert.True(isAllowed || (decision.Refusal!.Code == "CARE_POLICY_VIOLATION" && decision.Refusal.Details!.Limit == $"zoom {zoom - 1}"));
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void P160_tiles_end_everywhere_at_the_zoom_of_the_service(int zoom, bool isAllowed) =>
        Assert.Equal(isAllowed, _bench.Decider.Decide(PolicyBench.Ask(CareDeciderTests.TileAt(zoom, 37.2, -101.9), CareKind.Tile)).IsAllowed);

    [Fact]
    public void P152_an_explanation_over_a_protected_area_is_refused()
    {
        // kfm-care-5, with the region of the case made the protected one.
        var vector = KfmVectors.Case("care.json", "kfm-care-5");
        var box = vector.GetProperty("send").GetProperty("domain").GetProperty("bbox").EnumerateArray().Select(n => n.GetDouble()).ToList();
        var region = new RealtimeHub.Server.Hubs.Climate.Data.GeoBox(box[0], box[1], box[2], box[3]);
        var bench = new PolicyBench(PolicyBench.Of(("deny", 5, region)));

        var decision = bench.Decider.Decide(PolicyBench.Ask(new CarePlace.Box(region), CareKind.Xai));

        Assert.Equal(vector.GetProperty("expect_outcome").GetString(), decision.Outcome.ToString().ToLowerInvariant());
    }

    [Fact]
    public void ZoomCeilings_hold_the_coarsest_of_what_is_published()
    {
        var published = KfmVectors.Case("masking-and-zoom.json", "kfm-zoom-3").GetProperty("max_zoom");

        foreach (var label in Enum.GetValues<SensitivityLabel>())
        {
            Assert.InRange(ZoomCeilings.ForLabel(label), 8, published.GetProperty(label.ToString().ToLowerInvariant()).GetInt32());
        }

        Assert.Equal((10, 10), (ZoomCeilings.ForLabel(SensitivityLabel.Sensitive), ZoomCeilings.ForLabel(SensitivityLabel.Sacred)));
    }

    [Fact]
    public void ZoomCeilings_keep_the_side_of_a_cell_within_128_pixels()
    {
        for (var resolution = 2; resolution <= 9; resolution++)
        {
            var zoom = ZoomCeilings.ForResolution(resolution, 38.5);
            var pixels = RealtimeHub.Science.H3.H3Grid.GetHexagonEdgeLengthAvgKm(resolution) * 1000 / WebMercator.MetresPerPixel(38.5, zoom);

            Assert.InRange(pixels, 64, 128);
        }
    }

    [Fact]
    public void ZoomCeilings_serve_no_tile_beyond_a_layer()
    {
        var vector = KfmVectors.Case("masking-and-zoom.json", "kfm-zoom-4");
        var (min, max) = (vector.GetProperty("layer").GetProperty("minzoom").GetInt32(), vector.GetProperty("layer").GetProperty("maxzoom").GetInt32());

        Assert.False(ZoomCeilings.Serves(min, max, vector.GetProperty("request_zoom").GetInt32()));
        Assert.True(ZoomCeilings.Serves(min, max, max));
    }

    [Fact]
    public void CareOptionsRules_refuse_a_viewer_that_zooms_further_than_the_service()
    {
        var vector = KfmVectors.Case("masking-and-zoom.json", "kfm-zoom-5");
        var options = new CareOptions { MaxZoom = vector.GetProperty("service_maxzoom").GetInt32(), ViewerMaxZoom = vector.GetProperty("viewer_maxzoom").GetInt32() };

        var result = new CareOptionsRules().Validate(null, options);

        Assert.True(result.Failed);
        Assert.Contains("Policy:ViewerMaxZoom is 10", result.FailureMessage, StringComparison.Ordinal);
    }

    private double ShortestInterval(CareRequest request)
    {
        var (low, high) = (1e-9, 1e6);
        for (var i = 0; i < 100; i++)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = _bench.Decider.Look(request with { IntervalSeconds = middle }).IsAllowed ? (low, middle) : (middle, high);
        }

        return high;
    }
}
