using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

public class HelicityReferenceTests
{
    private static readonly WindVector PrescribedMotion = new(10.0, 0.0);

    // 1 %, and 0.5 m²/s² where helicity is small: what the reference says of its own error.
    [Theory]
    [InlineData(1000.0, "srh_0_1km_storm_10_0")]
    [InlineData(3000.0, "srh_0_3km_storm_10_0")]
    public void Compute_with_a_prescribed_motion_is_exact(double top, string name)
    {
        foreach (var profile in ReferenceCases.All)
        {
            var expected = profile.Expected("fine_step", name, "total");

            var helicity = StormRelativeHelicity.Compute(profile.Wind, PrescribedMotion, top);

            Assert.True(
                Math.Abs(helicity.Total - expected) <= Math.Max(0.01 * Math.Abs(expected), 0.5),
                $"{profile.Id}: {helicity.Total} instead of {expected}");
        }
    }

    [Fact]
    public void Compute_with_the_Bunkers_right_mover_lies_in_the_consensus_band()
    {
        var compared = 0;
        foreach (var profile in ReferenceCases.All)
        {
            if (profile.Consensus("srh_0_3km_right_mover") is not var (low, high))
            {
                continue;
            }

            var helicity = StormRelativeHelicity.Compute(profile.Wind, StormMotion.Bunkers(profile.Wind).Right, 3000.0).Total;

            Assert.True(helicity >= low - 2.0 && helicity <= high + 2.0, $"{profile.Id}: {helicity}, band {low} to {high}");
            compared++;
        }

        Assert.Equal(148, compared);
    }

    // The reference averages samples 50 m apart.
    [Fact]
    public void Bunkers_equals_the_reference_without_weighting_by_pressure()
    {
        foreach (var profile in ReferenceCases.All)
        {
            var motion = StormMotion.Bunkers(profile.Wind);

            Assert.InRange((motion.Right - profile.ExpectedWind("fine_step", "bunkers_npw", "right")).Speed, 0.0, 0.5);
            Assert.InRange((motion.Mean - profile.ExpectedWind("fine_step", "bunkers_npw", "mean")).Speed, 0.0, 0.15);
        }
    }

    // NCEP's values come from model levels, ours from pressure levels: a loose check of sign and size (median 7 and 20 by its note).
    [Fact]
    public void Compute_resembles_what_NCEP_computed_from_model_levels()
    {
        var differences = new List<double>();
        foreach (var json in ReferenceCases.Read("reference", "ncep-diagnostics.json").GetProperty("cases").EnumerateArray())
        {
            var column = new ReferenceCase(json);
            var motion = StormMotion.Bunkers(column.Wind).Right;
            var ours = StormRelativeHelicity.Compute(column.Wind, motion, 3000.0).Total;
            differences.Add(Math.Abs(ours - json.GetProperty("ncep").GetProperty("srh_0_3km").GetDouble()));
        }

        differences.Sort();

        Assert.Equal(34, differences.Count);
        Assert.InRange(differences[17], 0.0, 25.0);
    }
}
