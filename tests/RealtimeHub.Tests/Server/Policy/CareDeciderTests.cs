using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Tests.Server.Policy;

public class CareDeciderTests
{
    // In the middle of the Prairie Band Potawatomi reservation, of the Tallgrass preserve, and of nothing.
    private static readonly CarePlace InDeny = new CarePlace.Point(39.335, -95.84);
    private static readonly CarePlace InGeneralize = new CarePlace.Point(38.44, -96.55);
    private static readonly CarePlace Nowhere = new CarePlace.Point(39.0, -101.2);

    private readonly PolicyBench _bench = new();

    [Fact]
    public void P150_the_example_request_of_the_document_is_answered_generalised_though_it_meets_areas_that_deny()
    {
        var decision = _bench.Decider.Decide(PolicyBench.Ask(new CarePlace.Box(PolicyBench.KansasBox)) with { Variables = ["t2m", "td2m"], IntervalSeconds = 60 });

        Assert.Equal(CareOutcome.Generalize, decision.Outcome);
        Assert.Equal(("h3-generalized", "public-generalized"), (decision.Care.Masking, decision.Care.Scope));
        Assert.Equal(decision.WinningRule, decision.Care.Notes[0]);
        Assert.Equal("INDIGENOUS-DATA-PROTECTION", decision.PolicyId);
        Assert.InRange(decision.Mask!.ConcealedIn(decision.Mask.Window), 1, 100);
    }

    [Fact]
    public void P151_a_box_that_meets_an_area_that_denies_is_refused_when_the_caller_wants_that()
    {
        var request = PolicyBench.Ask(new CarePlace.Box(PolicyBench.KansasBox)) with { OnProtected = OnProtected.Deny };

        var decision = _bench.Decider.Decide(request);

        AssertViolation(decision, "INDIGENOUS-DATA-PROTECTION");
        Assert.Equal("Requested streaming region intersects protected area.", decision.Refusal!.Message);
        Assert.True(_bench.Decider.Decide(PolicyBench.AskBox(-97.2, 38.3, -96.2, 38.6) with { OnProtected = OnProtected.Deny }).IsAllowed, "A box that meets generalising areas only is not refused.");
    }

    [Theory]
    [InlineData(nameof(CareKind.Point))]
    [InlineData(nameof(CareKind.Xai))]
    [InlineData(nameof(CareKind.Story))]
    public void P152_a_point_in_an_area_that_denies_is_refused(string kind) => AssertViolation(_bench.Decider.Decide(PolicyBench.Ask(InDeny, Enum.Parse<CareKind>(kind))), "INDIGENOUS-DATA-PROTECTION");

    [Theory]
    [InlineData(nameof(CareKind.Fields))]
    [InlineData(nameof(CareKind.Drivers))]
    [InlineData(nameof(CareKind.Xai))]
    public void P152_a_box_in_an_area_that_denies_is_refused(string kind) =>
        AssertViolation(_bench.Decider.Decide(PolicyBench.AskBox(-95.85, 39.33, -95.83, 39.34, Enum.Parse<CareKind>(kind))), "INDIGENOUS-DATA-PROTECTION");

    [Fact]
    public void P152_a_tile_in_an_area_that_denies_is_refused()
    {
        // The tile at zoom 10 that holds the middle of the reservation is wider than it; the one at zoom 15 lies inside.
        AssertViolation(_bench.Decider.Decide(PolicyBench.Ask(TileAt(15, 39.335, -95.84), CareKind.Tile)), "INDIGENOUS-DATA-PROTECTION");
    }

    [Fact]
    public void P153_a_point_in_a_generalising_area_shows_the_mean_of_its_cell_only()
    {
        var values = PolicyBench.Telling(PolicyBench.Kansas);

        var decision = _bench.Decider.Decide(PolicyBench.Ask(InGeneralize, CareKind.Point));

        var mask = decision.Mask!;
        var point = (mask.Window.Row * PolicyBench.Kansas.Columns) + mask.Window.Column;
        Assert.Equal(CareOutcome.Generalize, decision.Outcome);
        Assert.Equal(4, decision.Resolution);
        Assert.NotEqual(values[point], Assert.Single(mask.Apply(values)));
        Assert.Equal(4, mask.CellOf(mask.Window.Row, mask.Window.Column)!.Value.Resolution);
    }

    [Fact]
    public void Decide_allows_what_no_rule_reaches_as_it_is()
    {
        var values = PolicyBench.Telling(PolicyBench.Kansas);

        var decision = _bench.Decider.Decide(PolicyBench.AskBox(-102.0, 36.9, -101.3, 37.6));

        Assert.Equal((CareOutcome.Allow, "none", "public-stream"), (decision.Outcome, decision.Care.Masking, decision.Care.Scope));
        Assert.Empty(decision.Care.Notes);
        Assert.Null(decision.Resolution);
        Assert.True(decision.Mask!.IsOpen);
        Assert.Equal(decision.Mask.Window.Rows * decision.Mask.Window.Columns, decision.Mask.Apply(values).Count(v => Array.IndexOf(values, v) >= 0));
    }

    [Theory]
    [InlineData(nameof(CareKind.Fields), "h3-generalized")]
    [InlineData(nameof(CareKind.Drivers), "h3-hazard-generalized")]
    [InlineData(nameof(CareKind.Story), "h3-focus-generalized")]
    [InlineData(nameof(CareKind.Xai), "h3-generalized")]
    public void Decide_spells_masking_by_what_is_asked_for(string kind, string masking) =>
        Assert.Equal(masking, _bench.Decider.Decide(PolicyBench.AskBox(-97.2, 38.3, -96.2, 38.6, Enum.Parse<CareKind>(kind))).Care.Masking);

    [Fact]
    public void P154_a_policy_that_cannot_be_read_refuses_everything()
    {
        _bench.Policies.Apply(PolicyDocument.Unreadable("It is gone."));

        var decision = _bench.Decider.Decide(PolicyBench.Ask(Nowhere, CareKind.Point));

        AssertViolation(decision, "POLICY-UNREADABLE");
        Assert.DoesNotContain("gone", decision.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void P154_a_decision_that_fails_refuses()
    {
        var broken = new FieldGrid(FieldGridKind.Regular, 2, 2, [38, 39], [-98, -97], null) with { Latitudes = [] };

        AssertViolation(_bench.Decider.Decide(PolicyBench.AskBox(-98, 38, -97, 39) with { Grid = broken }), "POLICY-UNREADABLE");
    }

    [Fact]
    public void P155_the_same_request_gets_the_same_decision()
    {
        var request = PolicyBench.Ask(new CarePlace.Box(PolicyBench.KansasBox));

        var (first, second) = (_bench.Decider.Decide(request), new PolicyBench().Decider.Decide(request));

        Assert.Equal(
            (first.Outcome, first.Resolution, first.WinningRule, first.DecisionId, first.ContentKey, first.MaskKey, first.PolicyVersion),
            (second.Outcome, second.Resolution, second.WinningRule, second.DecisionId, second.ContentKey, second.MaskKey, second.PolicyVersion));
        Assert.StartsWith("urn:kfm:care:decision:", first.DecisionId, StringComparison.Ordinal);
        Assert.NotEqual(first.DecisionId, _bench.Decider.Decide(request with { Variables = ["td2m"] }).DecisionId);
    }

    [Fact]
    public void P156_who_speaks_for_an_authority_sees_its_land_and_nobody_elses()
    {
        var own = PolicyBench.Reader with { Roles = ["restricted-tribal-sovereign"], Team = "Prairie Band Potawatomi Nation" };
        var other = own with { Team = "Osage Nation" };
        var withoutRole = own with { Roles = ["admin-governance"] };

        var decision = _bench.Decider.Decide(PolicyBench.Ask(InDeny, CareKind.Point) with { Principal = own });

        Assert.Equal((CareOutcome.Allow, "restricted"), (decision.Outcome, decision.Care.Scope));
        Assert.NotEqual(_bench.Decider.Decide(PolicyBench.Ask(Nowhere)).ContentKey, decision.ContentKey);
        Assert.Equal(CareOutcome.Deny, _bench.Decider.Decide(PolicyBench.Ask(InDeny, CareKind.Point) with { Principal = other }).Outcome);
        Assert.Equal(CareOutcome.Deny, _bench.Decider.Decide(PolicyBench.Ask(InDeny, CareKind.Point) with { Principal = withoutRole }).Outcome);
    }

    [Fact]
    public void P156_where_an_exemption_changes_nothing_the_content_is_that_of_everybody()
    {
        var own = PolicyBench.Reader with { Roles = ["restricted-tribal-sovereign"], Team = "Prairie Band Potawatomi Nation" };

        var (everybody, exempt) = (_bench.Decider.Decide(PolicyBench.Ask(InGeneralize)), _bench.Decider.Decide(PolicyBench.Ask(InGeneralize) with { Principal = own }));

        Assert.Equal((everybody.ContentKey, everybody.MaskKey, everybody.Care.Scope), (exempt.ContentKey, exempt.MaskKey, exempt.Care.Scope));
    }

    [Fact]
    public void Decide_says_the_same_of_every_place_that_one_policy_refuses()
    {
        var (one, two) = (_bench.Decider.Decide(PolicyBench.Ask(InDeny, CareKind.Point)), _bench.Decider.Decide(PolicyBench.Ask(new CarePlace.Point(39.7, -95.66), CareKind.Point)));

        Assert.Equal(one.Refusal, two.Refusal);
        Assert.Equal(CareMaskings.Concealed, one.Care.Masking);
    }

    [Theory]
    [InlineData("deny")]
    [InlineData("generalize")]
    public void P161_asking_with_ever_smaller_boxes_traces_no_outline(string rule)
    {
        // Two areas of different outlines and the same cells are told apart by no answer: not by an outcome, a note, a limit or a key.
        var middle = RealtimeHub.Science.H3.H3Grid.CellToLatLng(RealtimeHub.Science.H3.H3Grid.LatLngToCell(new(38.5, -98), 5));
        var (y, x) = (middle.LatitudeDegrees, middle.LongitudeDegrees);
        var one = new PolicyBench(PolicyBench.Of((rule, 5, new(x - 0.01, y - 0.01, x + 0.01, y + 0.01))));
        var two = new PolicyBench(PolicyBench.Of((rule, 5, new(x - 0.02, y - 0.005, x + 0.005, y + 0.02))));
        var grid = PolicyBench.Regular(y - 0.9, y + 0.9, x - 1.35, x + 1.35, 0.3);

        for (var i = 0; i < 400; i++)
        {
            var (west, south) = (x - 0.03 + (i % 20 * 0.003), y - 0.03 + (i / 20 * 0.003));
            var request = PolicyBench.AskBox(west, south, west + 0.002, south + 0.002) with { OnProtected = OnProtected.Deny, Grid = grid, Zoom = 9 + (i % 4) };
            var (first, second) = (one.Decider.Decide(request), two.Decider.Decide(request));

            Assert.Equal(
                (first.Outcome, first.Resolution, first.MaskKey, first.Refusal?.Message, first.Refusal?.Details?.Limit, string.Join('|', first.Care.Notes)),
                (second.Outcome, second.Resolution, second.MaskKey, second.Refusal?.Message, second.Refusal?.Details?.Limit, string.Join('|', second.Care.Notes)));
        }
    }

    internal static CarePlace.Tile TileAt(int zoom, double latitude, double longitude)
    {
        var tiles = Math.Pow(2, zoom);
        var y = (1 - (Math.Asinh(Math.Tan(latitude * Math.PI / 180)) / Math.PI)) / 2;
        return new CarePlace.Tile(zoom, (int)((longitude + 180) / 360 * tiles), (int)(y * tiles));
    }

    private static void AssertViolation(CareDecision decision, string policy)
    {
        Assert.Equal(CareOutcome.Deny, decision.Outcome);
        Assert.Equal(ErrorCodes.CarePolicyViolation.Code, decision.Refusal!.Code);
        Assert.Equal(policy, decision.Refusal.Details!.Policy);
        Assert.Null(decision.Mask);
    }
}
