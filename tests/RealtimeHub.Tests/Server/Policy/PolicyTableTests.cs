using RealtimeHub.Science.H3;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Areas;
using RealtimeHub.Server.Policy.Rules;

namespace RealtimeHub.Tests.Server.Policy;

/// <summary>The published tables, by the cases of tests/vectors/kfm, and the displacement of points.</summary>
public class PolicyTableTests
{
    private const string Secret = "a secret of the tests";

    private static readonly LatLng Place = new(38.44, -96.55);

    [Fact]
    public void H3ResolutionTables_follow_every_case_of_the_score_bands()
    {
        var cases = KfmVectors.Cases("h3-policy.json", "kfm-h3-score-");

        Assert.Equal(9, cases.Count);
        Assert.All(cases, c => Assert.Equal(c.GetProperty("resolution").GetInt32(), H3ResolutionTables.ForScore(c.GetProperty("sensitivity_score").GetDouble())));
        Assert.Equal(3, H3ResolutionTables.ForScore(null));
        Assert.Equal(3, H3ResolutionTables.ForScore(double.NaN));
        Assert.Equal(3, H3ResolutionTables.ForScore(1_000));
    }

    [Fact]
    public void H3ResolutionTables_follow_every_case_of_the_variance_table()
    {
        var cases = KfmVectors.Cases("h3-policy.json", "kfm-h3-var-");

        Assert.Equal(3, cases.Count);
        Assert.All(cases, c => Assert.Equal(
            c.GetProperty("resolution").GetInt32(), H3ResolutionTables.ForVariance(c.GetProperty("sensitivity").GetString()!, c.GetProperty("variance").GetString() == "high")));
        Assert.Equal(6, H3ResolutionTables.ForVariance("medium", true));
        Assert.Equal(5, H3ResolutionTables.ForVariance("unheard of", true));
    }

    [Fact]
    public void H3ResolutionTables_take_the_coarser_end_of_a_level_and_show_no_geometry_of_L4()
    {
        var vector = KfmVectors.Case("h3-policy.json", "kfm-h3-ladder-1");

        Assert.Equal(vector.GetProperty("public_resolutions")[0].GetInt32(), H3ResolutionTables.ForLevel(vector.GetProperty("level").GetString()!));
        Assert.Equal((6, 4), (H3ResolutionTables.ForLevel("L2"), H3ResolutionTables.ForLevel("l3")));
        Assert.Null(H3ResolutionTables.ForLevel("L4"));
    }

    [Fact]
    public void H3ResolutionTables_generalise_heritage_to_7_by_default()
    {
        Assert.Equal("7 (mandatory default)", KfmVectors.Case("h3-policy.json", "kfm-h3-super-2").GetProperty("resolution").GetString());
        Assert.Equal(7, H3ResolutionTables.ForHeritage("high"));
        Assert.Equal(7, H3ResolutionTables.ForHeritage("uncertain"));
        Assert.Equal(8, H3ResolutionTables.ForHeritage("low"));
        Assert.Null(H3ResolutionTables.ForHeritage("very high"));
    }

    [Theory]
    [InlineData("kfm-h3-care-2", "p", null)]
    [InlineData("kfm-h3-care-6", "p", "s@example.org")]
    public void CareScreen_follows_every_case(string id, string? purpose, string? steward) =>
        Assert.Equal([KfmVectors.Case("h3-policy.json", id).GetProperty("expect").GetString()!], CareScreen.ReasonsOf(purpose, steward));

    [Fact]
    public void CareScreen_names_every_reason() => Assert.Equal([CareScreen.NoPurpose, CareScreen.NoSteward], CareScreen.ReasonsOf(" ", null));

    [Theory]
    [InlineData(nameof(SensitivityLabel.Public), 50, 150)]
    [InlineData(nameof(SensitivityLabel.Community), 250, 500)]
    [InlineData(nameof(SensitivityLabel.Sensitive), 1_000, 3_000)]
    [InlineData(nameof(SensitivityLabel.Sacred), 3_000, 10_000)]
    public void PointDisplacement_shows_a_record_in_the_ring_of_its_label(string name, double min, double max)
    {
        var label = Enum.Parse<SensitivityLabel>(name);
        var vector = KfmVectors.Case("masking-and-zoom.json", "kfm-mask-3");
        Assert.Equal((vector.GetProperty("r_min_m").GetDouble(), vector.GetProperty("r_max_m").GetDouble()), PointDisplacement.RingOf(SensitivityLabel.Sensitive));

        var distances = Enumerable.Range(0, 500).Select(i => PointDisplacement.MetresBetween(Place, PointDisplacement.Displace(Secret, $"record {i}", Place, label, _ => true)!.Value)).ToList();

        Assert.All(distances, d => Assert.InRange(d, min * 0.9999, max * 1.0001));
        Assert.True(distances.Max() - distances.Min() > (max - min) * 0.9, "The ring is filled.");
    }

    [Fact]
    public void PointDisplacement_shows_a_record_at_the_same_place_every_time_and_no_two_alike()
    {
        var places = Enumerable.Range(0, 100).Select(i => Displace($"record {i}", _ => true)).ToList();

        Assert.Equal(places, Enumerable.Range(0, 100).Select(i => Displace($"record {i}", _ => true)));
        Assert.Equal(100, places.Distinct().Count());
        Assert.NotEqual(places[0], PointDisplacement.Displace("another secret of the tests", "record 0", Place, SensitivityLabel.Sensitive, _ => true));
        Assert.InRange(places.Average(p => p!.Value.LatitudeDegrees) - Place.LatitudeDegrees, -0.004, 0.004);
    }

    [Fact]
    public void PointDisplacement_draws_five_times_and_then_shows_nothing()
    {
        // kfm-mask-7.
        var draws = new List<LatLng>();

        var shown = Displace("record", p =>
        {
            draws.Add(p);
            return false;
        });

        Assert.Null(shown);
        Assert.Equal(5, draws.Distinct().Count());
    }

    [Fact]
    public void PointMasking_shows_a_record_in_a_protected_area_elsewhere_and_one_that_is_denied_not_at_all()
    {
        var bench = new PolicyBench(options: new CareOptions { DisplacementSecret = Secret });
        var masking = new PointMasking(bench.Policies, Microsoft.Extensions.Options.Options.Create(bench.Options));

        Assert.InRange(PointDisplacement.MetresBetween(Place, masking.Show(PolicyBench.Reader, "r", Place)!.Value), 250, 500);
        Assert.InRange(PointDisplacement.MetresBetween(Place, masking.Show(PolicyBench.Reader, "r", Place, SensitivityLabel.Sensitive)!.Value), 1_000, 3_000);
        Assert.Null(masking.Show(PolicyBench.Reader, "r", new LatLng(39.335, -95.84)));
        Assert.Equal(new LatLng(37.2, -101.9), masking.Show(PolicyBench.Reader, "r", new LatLng(37.2, -101.9)));
    }

    [Fact]
    public void PointMasking_shows_nothing_that_is_protected_without_a_secret_or_a_policy()
    {
        var bench = new PolicyBench();
        var masking = new PointMasking(bench.Policies, Microsoft.Extensions.Options.Options.Create(bench.Options));

        Assert.Null(masking.Show(PolicyBench.Reader, "r", Place));
        bench.Policies.Apply(PolicyDocument.Unreadable("It is gone."));
        Assert.Null(masking.Show(PolicyBench.Reader, "r", new LatLng(37.2, -101.9)));
    }

    private static LatLng? Displace(string id, Func<LatLng, bool> isAllowed) => PointDisplacement.Displace(Secret, id, Place, SensitivityLabel.Sensitive, isAllowed);
}
