using System.Text.Json;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Rules;
using RealtimeHub.Server.Provenance;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Policy;

/// <summary>The decision cases of tests/vectors/kfm that no other class has.</summary>
public sealed class KfmDecisionTests
{
    private static readonly CareRequest Kansas = PolicyBench.Ask(new CarePlace.Box(PolicyBench.KansasBox));

    private readonly PolicyBench _bench = new();

    [Theory]
    [InlineData("kfm-kc-3")]
    [InlineData("kfm-kc-9")]
    public void P265_claims_are_accepted_or_denied_as_documented(string id)
    {
        var vector = KfmVectors.Case("knowledge-character.json", id);
        var claim = vector.GetProperty("claim");

        var broken = KnowledgeRules.Broken(new KnowledgeClaim
        {
            Character = vector.GetProperty("knowledge_character").GetString(),
            Kind = claim.GetProperty("kind").GetString(),
            Parameter = claim.GetProperty("parameter").GetString(),
            IntendedUse = claim.GetProperty("intended_use").GetString(),
            SpatialSupport = vector.GetProperty("spatial_support").GetString(),
        });

        var expect = vector.GetProperty("expect");
        Assert.Equal(expect.ValueKind == JsonValueKind.String ? null : expect.GetProperty("denied").GetString(), broken);
    }

    [Theory]
    [InlineData("MODEL_FIELD", "observation", null, null, "MODEL_AS_OBSERVATION_DENIED")]
    [InlineData("MODEL_FIELD", "forecast", null, null, null)]
    [InlineData("PUBLIC_AQI_REPORT", "concentration", "pm25", null, "AQI_AS_CONCENTRATION_DENIED")]
    [InlineData("AEROSOL_OPTICAL_DEPTH", "concentration", "pm25", null, "AOD_AS_PM25_DENIED")]
    [InlineData("ALERT_ADVISORY", "advisory", null, "life_safety_alert", "ADVISORY_AS_LIFE_SAFETY_DENIED")]
    [InlineData("REMODELED_ROOM", "observation", null, null, null)]
    public void P265_nothing_is_said_to_be_what_it_is_not(string character, string kind, string? parameter, string? use, string? expected) =>
        Assert.Equal(expected, KnowledgeRules.Broken(new KnowledgeClaim { Character = character, Kind = kind, Parameter = parameter, IntendedUse = use }));

    [Fact]
    public void P161_layers_that_are_laid_on_one_another_single_out_no_cell()
    {
        var rules = KfmVectors.Case("masking-and-zoom.json", "kfm-tri-1").GetProperty("rules");
        var (cells, area) = (rules.GetProperty("min_required_hexes_per_cluster").GetInt32(), rules.GetProperty("max_allowed_candidate_area_m2").GetDouble());
        Assert.True(rules.GetProperty("forbid_single_hex_intersections").GetBoolean());

        // Every kind of content has the same mask, so that one laid on another says nothing new,
        CareKind[] kinds = [CareKind.Fields, CareKind.Drivers, CareKind.Xai, CareKind.Story];
        Assert.Single(kinds.Select(k => _bench.Decider.Decide(Kansas with { Kind = k }).MaskKey).Distinct());

        // and what all areas together hide are nowhere fewer cells, or less land, than may be.
        foreach (var resolution in _bench.Policies.Current.Areas.GroupBy(a => a.Resolution))
        {
            foreach (var cluster in Clusters([.. resolution.SelectMany(a => a.Cover)]))
            {
                Assert.True(cluster.Count >= cells, $"{cluster.Count} cells of resolution {resolution.Key} stand alone.");
                Assert.True(cluster.Count * H3Grid.GetHexagonAreaAvgKm2(resolution.Key) * 1e6 >= area);
            }
        }
    }

    [Fact]
    public void P155_decisions_are_repeatable()
    {
        var runs = KfmVectors.Case("authz.json", "kfm-authz-9").GetProperty("runs").GetInt32();

        var decisions = Enumerable.Range(0, runs).Select(_ => _bench.Decider.Decide(Kansas)).ToList();

        Assert.Single(decisions.Select(d => (d.DecisionId, d.MaskKey, d.Outcome, d.WinningRule)).Distinct());
    }

    [Fact]
    public void P151_the_printed_violation_is_what_is_answered()
    {
        var printed = KfmVectors.Case("care.json", "kfm-care-1").GetProperty("frame");

        var refusal = _bench.Decider.Decide(Kansas with { OnProtected = OnProtected.Deny }).Refusal!;

        Assert.Equal(printed.GetProperty("code").GetString(), refusal.Code);
        Assert.Equal(printed.GetProperty("message").GetString() + ".", refusal.Message);
        Assert.Equal(printed.GetProperty("details").GetProperty("policy").GetString(), refusal.Details!.Policy);
    }

    [Fact]
    public void P152_a_protected_region_is_denied()
    {
        var vector = KfmVectors.Case("care.json", "kfm-care-2");

        var decision = _bench.Decider.Decide(PolicyBench.Ask(new CarePlace.Point(39.335, -95.84), CareKind.Xai));

        Assert.Equal(vector.GetProperty("expect_outcome").GetString(), decision.Outcome.ToString().ToLowerInvariant());
        Assert.Equal(vector.GetProperty("expect")[0].GetProperty("code").GetString(), decision.Refusal!.Code);
        Assert.Equal(vector.GetProperty("expect")[0].GetProperty("details").GetProperty("policy").GetString(), decision.Refusal.Details!.Policy);
    }

    [Fact]
    public void P150_masking_has_the_documented_values()
    {
        CareKind[] kinds = [CareKind.Fields, CareKind.Drivers, CareKind.Story];

        Assert.Equal(
            KfmVectors.Case("care.json", "kfm-care-10").GetProperty("values").EnumerateArray().Select(v => v.GetString()),
            kinds.Select(k => _bench.Decider.Decide(Kansas with { Kind = k }).Care.Masking));
    }

    [Fact]
    public void P150_a_decision_has_one_of_the_three_documented_outcomes()
    {
        // What the document calls degraded is generalised here.
        var documented = KfmVectors.Case("validation.json", "kfm-val-28").GetProperty("values").EnumerateArray().Select(v => v.GetString()!.Replace("degrade", "generalize", StringComparison.Ordinal));

        CareRequest[] requests = [PolicyBench.AskBox(-102.0, 36.9, -101.3, 37.6), Kansas, Kansas with { OnProtected = OnProtected.Deny }];

        Assert.Equal(documented, requests.Select(r => _bench.Decider.Decide(r).Outcome.ToString().ToLowerInvariant()));
    }

    [Fact]
    public void P153_the_same_input_has_the_same_cells()
    {
        Assert.Equal("identical output on a second run", KfmVectors.Case("h3-policy.json", "kfm-h3-det-1").GetProperty("expect").GetString());

        var other = new PolicyBench().Policies.Current.Areas;

        Assert.All(_bench.Policies.Current.Areas.Zip(other), pair => Assert.True(pair.First.Cover.SetEquals(pair.Second.Cover)));
    }

    [Fact]
    public void P172_a_generalised_item_says_how_it_was_generalised()
    {
        var required = KfmVectors.Case("h3-policy.json", "kfm-h3-meta-1").GetProperty("required").EnumerateArray().Select(r => r.GetString()!).ToList();
        var decision = _bench.Decider.Decide(Kansas);
        var activity = Provenance.LineageBench.Activity(Kansas, decision);

        var properties = StacDocument.Item(Provenance.LineageBench.Item(activity), new ProvenanceOptions())["properties"]!.AsObject();

        Assert.All(required, r => Assert.True(properties.ContainsKey(r.Split('=', ' ')[0]), r));
        Assert.Equal("h3_dynamic_res", properties["privacy:method"]!.GetValue<string>());
        Assert.Equal(_bench.Policies.Current.Version, properties["privacy:policy_ref"]!.GetValue<string>());
    }

    [Fact]
    public void H3ResolutionTables_are_never_finer_than_the_rule_that_cannot_be_followed()
    {
        Assert.StartsWith("finer than every other table", KfmVectors.Case("h3-policy.json", "kfm-h3-min-2").GetProperty("conflict").GetString(), StringComparison.Ordinal);

        Assert.All(Enumerable.Range(71, 30), score => Assert.True(H3ResolutionTables.ForScore(score) < 8));
        Assert.Null(H3ResolutionTables.ForLevel("L4"));
    }

    [Fact]
    public void P266_a_refusal_is_recorded_for_whom_it_was_and_for_nobody_else()
    {
        var clock = new ManualTimeProvider();
        var store = new ProvenanceStore(Options.Create(new ProvenanceOptions()), clock);
        var request = Kansas with { OnProtected = OnProtected.Deny };
        var decision = _bench.Decider.Decide(request);

        store.RecordRefusal(request, decision);
        clock.Advance(TimeSpan.FromMinutes(1));
        store.RecordRefusal(request, decision);

        Assert.True(store.TryGetRefusal(decision.DecisionId, "reader", out var refusal));
        Assert.Equal((2, TimeSpan.FromMinutes(1)), (refusal.Times.Count, refusal.Times.Last - refusal.First));
        Assert.False(store.TryGetRefusal(decision.DecisionId, "somebody else", out _));
    }

    private static List<HashSet<H3Index>> Clusters(HashSet<H3Index> cells)
    {
        var clusters = new List<HashSet<H3Index>>();
        while (cells.Count > 0)
        {
            var (cluster, next) = (new HashSet<H3Index>(), new Stack<H3Index>([cells.First()]));
            cells.Remove(next.Peek());
            while (next.TryPop(out var cell))
            {
                cluster.Add(cell);
                foreach (var neighbor in H3Grid.GridDisk(cell, 1).Where(cells.Remove))
                {
                    next.Push(neighbor);
                }
            }

            clusters.Add(cluster);
        }

        return clusters;
    }
}
