using RealtimeHub.Science.Climate;

namespace RealtimeHub.Tests.Science.Climate;

public sealed class EnsemblePerturbationTests
{
    private static readonly SurfaceFields Analysis = SyntheticClimate.Day(5)[2];

    [Fact]
    public void Apply_of_member_0_is_the_analysis_itself() =>
        Assert.Same(Analysis, EnsemblePerturbation.Apply(SyntheticClimate.Grid, Analysis, 42, 0));

    [Fact]
    public void Apply_is_the_same_for_a_seed_and_member_and_another_for_others()
    {
        var one = EnsemblePerturbation.Apply(SyntheticClimate.Grid, Analysis, 42, 1);

        Assert.Equal(one.T2mK, EnsemblePerturbation.Apply(SyntheticClimate.Grid, Analysis, 42, 1).T2mK);
        Assert.NotEqual(one.T2mK, EnsemblePerturbation.Apply(SyntheticClimate.Grid, Analysis, 43, 1).T2mK);
        Assert.NotEqual(one.T2mK, EnsemblePerturbation.Apply(SyntheticClimate.Grid, Analysis, 42, 2).T2mK);
    }

    [Fact]
    public void Apply_keeps_dewpoints_below_temperatures_and_deviates_as_much_as_it_says()
    {
        var deviations = new List<double>();
        for (var member = 1; member <= EnsemblePerturbation.MaxMember; member++)
        {
            var perturbed = EnsemblePerturbation.Apply(SyntheticClimate.Grid, Analysis, 7, member);
            Assert.All(perturbed.T2mK.Zip(perturbed.Td2mK), p => Assert.True(p.Second <= p.First));
            deviations.AddRange(perturbed.U10Ms.Zip(Analysis.U10Ms, (a, b) => (double)a - b));
        }

        // Bilinear means of nodes have at most the nodes' own deviation, and half of it in the middle of four.
        Assert.InRange(Math.Sqrt(deviations.Average(d => d * d)), 0.5 * EnsemblePerturbation.WindDeviationMs, 1.1 * EnsemblePerturbation.WindDeviationMs);
    }
}
