using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

public class WindTests
{
    private static readonly double[] Heights = [0.0, 400.0, 900.0, 2100.0, 4000.0, 7000.0];

    // 0 at the ground, linear to 35 m/s at 7 km, straight from the west.
    private static readonly double[] Linear = [0.0, 2.0, 4.5, 10.5, 20.0, 35.0];

    private static readonly double[] Calm = new double[6];

    [Fact]
    public void Everything_in_calm_air_is_zero()
    {
        var wind = new WindProfile(Heights, Calm, Calm);

        Assert.Equal(default, StormMotion.Bunkers(wind).Right);
        Assert.Equal(0.0, StormRelativeHelicity.Compute(wind, default, 3000.0).Total);
        Assert.Equal(0.0, BulkShear.Compute(wind, 6000.0).Speed);
        Assert.Equal(new LowLevelJet(0.0, 100.0, 1400.0), LowLevelJet.Find(wind, new JetSearch()));
    }

    [Theory]
    [InlineData(1000.0, 5.0)]
    [InlineData(3000.0, 15.0)]
    [InlineData(6000.0, 30.0)]
    public void BulkShear_interpolates_the_top(double top, double expected) =>
        Assert.Equal(expected, BulkShear.Compute(new WindProfile(Heights, Linear, Calm), top).Speed, 1e-12);

    // Mean 15 m/s; shear from 1.25 to 28.75 m/s eastward; right is south: (15, −7.5).
    [Fact]
    public void Bunkers_in_linear_westerly_shear_is_what_one_works_out_by_hand()
    {
        var motion = StormMotion.Bunkers(new WindProfile(Heights, Linear, Calm));

        Assert.Equal(0.0, (motion.Mean - new WindVector(15.0, 0.0)).Speed, 1e-12);
        Assert.Equal(0.0, (motion.Right - new WindVector(15.0, -7.5)).Speed, 1e-12);
        Assert.Equal(0.0, (motion.Left - new WindVector(15.0, 7.5)).Speed, 1e-12);
    }

    // Straight hodograph along u = z/200 with the motion (15, −7.5): H = Σ −(Δu)(−c_y)… = 7.5 · u(top).
    [Theory]
    [InlineData(1000.0, 37.5)]
    [InlineData(3000.0, 112.5)]
    public void Helicity_of_a_straight_hodograph_is_twice_the_triangle_that_it_sweeps(double top, double expected) =>
        Assert.Equal(
            expected, StormRelativeHelicity.Compute(new WindProfile(Heights, Linear, Calm), new WindVector(15.0, -7.5), top).Total, 1e-9);

    [Fact]
    public void Helicity_with_the_motion_on_the_straight_hodograph_is_zero() =>
        Assert.Equal(
            0.0, StormRelativeHelicity.Compute(new WindProfile(Heights, Linear, Calm), new WindVector(7.0, 0.0), 3000.0).Total, 1e-9);

    [Fact]
    public void Helicity_does_not_change_when_wind_and_motion_gain_the_same_wind()
    {
        double[] v = [8.0, 12.0, 11.0, 9.0, 6.0, 2.0];
        double[] shiftedU = [.. Linear.Select(u => u + 3.0)];
        double[] shiftedV = [.. v.Select(x => x - 4.0)];

        var plain = StormRelativeHelicity.Compute(new WindProfile(Heights, Linear, v), new WindVector(10.0, 0.0), 3000.0);
        var shifted = StormRelativeHelicity.Compute(new WindProfile(Heights, shiftedU, shiftedV), new WindVector(13.0, -4.0), 3000.0);

        Assert.Equal(plain.Total, shifted.Total, 1e-9);
        Assert.Equal(plain.Total, plain.Positive + plain.Negative, 1e-12);
    }

    [Fact]
    public void Helicity_changes_sign_with_the_mirrored_hodograph()
    {
        double[] v = [8.0, 12.0, 11.0, 9.0, 6.0, 2.0];
        double[] mirrored = [.. v.Select(x => -x)];

        var plain = StormRelativeHelicity.Compute(new WindProfile(Heights, Linear, v), new WindVector(10.0, 1.0), 3000.0);
        var other = StormRelativeHelicity.Compute(new WindProfile(Heights, Linear, mirrored), new WindVector(10.0, -1.0), 3000.0);

        Assert.Equal(plain.Total, -other.Total, 1e-9);
    }

    [Fact]
    public void Levels_that_are_missing_or_do_not_rise_are_skipped()
    {
        double[] heights = [0.0, 200.0, 400.0, 400.0, 900.0, 2100.0, double.NaN, 4000.0, 7000.0];
        double[] u = [0.0, double.NaN, 2.0, 99.0, 4.5, 10.5, 1.0, 20.0, 35.0];
        var wind = new WindProfile(heights, u, new double[9]);

        Assert.Equal(15.0, StormMotion.Bunkers(wind).Mean.U, 1e-12);
        Assert.Equal(112.5, StormRelativeHelicity.Compute(wind, new WindVector(15.0, -7.5), 3000.0).Total, 1e-9);
    }

    [Fact]
    public void Layers_that_the_levels_do_not_cover_are_missing()
    {
        var low = new WindProfile([0.0, 2000.0], [1.0, 5.0], [0.0, 0.0]);
        var high = new WindProfile([50.0, 7000.0], [1.0, 5.0], [0.0, 0.0]);
        var empty = new WindProfile([], [], []);

        Assert.True(double.IsNaN(StormMotion.Bunkers(low).Right.U));
        Assert.True(double.IsNaN(StormRelativeHelicity.Compute(low, default, 3000.0).Total));
        Assert.True(double.IsNaN(BulkShear.Compute(low, 6000.0).Speed));
        Assert.True(double.IsNaN(BulkShear.Compute(high, 6000.0).Speed));
        Assert.True(double.IsNaN(StormRelativeHelicity.Compute(empty, default, 1000.0).Total));
        Assert.True(double.IsNaN(LowLevelJet.Find(empty, new JetSearch()).Speed));
        Assert.False(double.IsNaN(BulkShear.Compute(low, 2000.0).Speed));
    }

    // Peak of 20 m/s at 600 m, 8 m/s at 100 and at 1400 m: 16 m/s at 433 1/3 and 866 2/3 m.
    [Fact]
    public void LowLevelJet_of_a_triangle_is_what_one_works_out_by_hand()
    {
        var wind = new WindProfile([0.0, 100.0, 600.0, 1400.0, 3000.0], [5.0, 8.0, 20.0, 8.0, 40.0], new double[5]);

        var jet = LowLevelJet.Find(wind, new JetSearch());

        Assert.Equal(20.0, jet.Speed, 1e-12);
        Assert.Equal(600.0, jet.Height);
        Assert.Equal((500.0 / 3.0) + (800.0 / 3.0), jet.Thickness, 1e-9);
    }

    [Fact]
    public void LowLevelJet_counts_only_the_unbroken_layer_around_the_maximum()
    {
        var wind = new WindProfile([0.0, 300.0, 500.0, 800.0, 1100.0, 2000.0], [19.0, 19.0, 2.0, 20.0, 2.0, 2.0], new double[6]);

        var jet = LowLevelJet.Find(wind, new JetSearch());

        Assert.Equal(800.0, jet.Height);
        Assert.Equal((300.0 * 4.0 / 18.0) + (300.0 * 4.0 / 18.0), jet.Thickness, 1e-9);
    }

    [Fact]
    public void LowLevelJet_looks_no_further_than_its_range()
    {
        var jet = LowLevelJet.Find(new WindProfile(Heights, Linear, Calm), new JetSearch { Bottom = 200.0 });

        Assert.Equal(7.5, jet.Speed, 1e-12);
        Assert.Equal(1500.0, jet.Height);
        Assert.Equal(300.0, jet.Thickness, 1e-9);
    }

    // The strongest of the levels can only be exceeded at an end of the range, between two of them.
    [Fact]
    public void LowLevelJet_of_real_columns_is_the_strongest_level_of_its_range()
    {
        foreach (var profile in ReferenceCases.Columns)
        {
            var jet = LowLevelJet.Find(profile.Wind, new JetSearch());
            var strongest = 0.0;
            for (var i = 0; i < profile.WindHeight.Length; i++)
            {
                if (profile.WindHeight[i] is >= 100.0 and <= 1500.0)
                {
                    strongest = Math.Max(strongest, new WindVector(profile.U[i], profile.V[i]).Speed);
                }
            }

            Assert.True(jet.Speed >= strongest - 1e-12, profile.Id);
            Assert.InRange(jet.Height, 100.0, 1500.0);
            Assert.InRange(jet.Thickness, 0.0, 1400.0 + 1e-9);
        }
    }
}
