using System.Text.Json;
using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

public class DriverFormulaTests
{
    [Fact]
    public void Every_case_of_the_formula_vectors_is_met()
    {
        foreach (var vector in ReferenceCases.Read("climate", "driver-formulas.json").GetProperty("cases").EnumerateArray())
        {
            var kind = vector.GetProperty("kind").GetString();
            var id = vector.GetProperty("id").GetString();

            // The one case without a number is a rule; the tests of ColumnGrid and of the profiles hold its part of it.
            if (kind == "validation")
            {
                continue;
            }

            var actual = kind switch
            {
                "bulk_shear" => (Wind(vector, "top") - Wind(vector, "bottom")).Speed,
                "quantile" => BiasCorrection.MapQuantile(Number(vector, "x"), Values(vector, "model"), Values(vector, "obs")),
                "wbgt" => HeatStress.WetBulbGlobe(Number(vector, "wet_bulb"), Number(vector, "globe"), Number(vector, "air")),
                _ => throw new InvalidOperationException($"{id} has the unknown kind {kind}."),
            };

            Assert.True(Math.Abs(actual - Number(vector, "result")) < 1e-9, $"{id}: {actual}");
        }
    }

    [Fact]
    public void BulkShear_of_the_vector_comes_out_of_a_profile_too()
    {
        var wind = new WindProfile([0.0, 6000.0], [5.0, 20.0], [2.0, 10.0]);

        Assert.Equal(17.0, BulkShear.Compute(wind, 6000.0).Speed, 1e-12);
    }

    [Fact]
    public void MapQuantile_interpolates_and_clamps()
    {
        double[] model = [1.0, 2.0, 3.0];
        double[] observed = [10.0, 30.0, 50.0, 70.0, 90.0];

        Assert.Equal(30.0, BiasCorrection.MapQuantile(1.5, model, observed), 1e-12);
        Assert.Equal(10.0, BiasCorrection.MapQuantile(0.0, model, observed));
        Assert.Equal(10.0, BiasCorrection.MapQuantile(1.0, model, observed));
        Assert.Equal(90.0, BiasCorrection.MapQuantile(3.0, model, observed));
        Assert.Equal(90.0, BiasCorrection.MapQuantile(9.0, model, observed));
        Assert.True(double.IsNaN(BiasCorrection.MapQuantile(1.0, [], observed)));
        Assert.True(double.IsNaN(BiasCorrection.MapQuantile(double.NaN, model, observed)));
    }

    [Fact]
    public void MapQuantile_of_equal_distributions_changes_nothing()
    {
        double[] sample = [1.0, 4.0, 4.5, 9.0];

        for (var value = 1.0; value <= 9.0; value += 0.25)
        {
            Assert.Equal(value, BiasCorrection.MapQuantile(value, sample, sample), 1e-12);
        }
    }

    [Fact]
    public void Linear_corrections_are_what_one_works_out_by_hand()
    {
        Assert.Equal(2.5, BiasCorrection.Anomaly(22.5, 20.0));
        Assert.Equal(17.0, BiasCorrection.MatchDistribution(12.0, (10.0, 2.0), (14.0, 3.0)));
        Assert.Equal(8.5, BiasCorrection.RemoveLinear(10.0, 0.1, 0.5));
    }

    [Fact]
    public void Score_of_nothing_is_zero_and_of_the_scales_the_sum_of_the_weights()
    {
        var composite = new InstabilityComposite();

        Assert.Equal(0.0, composite.Score(default));
        Assert.Equal(
            0.31 - 0.08 + 0.27 + 0.18 + 0.13 + 0.03,
            composite.Score(new InstabilityTerms(2500.0, -100.0, 20.0, 15.0, 0.0075, 250.0)),
            1e-12);
    }

    // w1 = 1, w2 = 1 as the document prints it: 2000/1000 + 1 · (−(−50)/100).
    [Fact]
    public void Score_takes_CIN_with_a_minus_sign_as_the_document_prints_it()
    {
        var composite = new InstabilityComposite
        {
            CapeWeight = 1.0,
            CapeScale = 1000.0,
            CinWeight = 1.0,
            CinScale = 100.0,
            ShearWeight = 0.0,
            JetWeight = 0.0,
            LapseRateWeight = 0.0,
            MoistureWeight = 0.0,
        };

        Assert.Equal(2.5, composite.Score(new InstabilityTerms(2000.0, -50.0, double.NaN, double.NaN, double.NaN, double.NaN)), 1e-12);
    }

    [Fact]
    public void Score_with_a_missing_term_that_counts_is_missing() =>
        Assert.True(double.IsNaN(new InstabilityComposite().Score(new InstabilityTerms(2000.0, double.NaN, 20.0, 10.0, 0.007, 100.0))));

    [Fact]
    public void Score_by_default_falls_with_inhibition()
    {
        var free = new InstabilityTerms(2000.0, 0.0, 20.0, 10.0, 0.007, 100.0);

        Assert.True(new InstabilityComposite().Score(free with { Cin = -80.0 }) < new InstabilityComposite().Score(free));
    }

    private static double Number(JsonElement vector, string name) => vector.GetProperty(name).GetDouble();

    private static double[] Values(JsonElement vector, string name) =>
        [.. vector.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static WindVector Wind(JsonElement vector, string name) => new(Values(vector, name)[0], Values(vector, name)[1]);
}
