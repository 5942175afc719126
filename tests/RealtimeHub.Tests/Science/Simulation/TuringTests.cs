using RealtimeHub.Science.Simulation;
using RealtimeHub.Science.Simulation.Features;

namespace RealtimeHub.Tests.Science.Simulation;

public sealed class TuringTests
{
    /// <summary>Whatever the parameters, the only uniform state of the documented model is a = i = 0 and its Jacobian is singular.</summary>
    [Theory]
    [InlineData(0.1, 0.05, 0.01, 0.02)]
    [InlineData(0.01, 0.24, 0.1, 0.1)]
    [InlineData(0.01, 0.24, 0.001, 0.1)]
    [InlineData(0.24, 0.01, 0.1, 0.001)]
    public void Mycelium_cannot_fulfil_the_Turing_conditions(double da, double di, double ra, double ri)
    {
        var recipe = Recipes.Of("mycelium", 64, 42, EdgeKind.Periodic, ("d_activator", da), ("d_inhibitor", di), ("r_activator", ra), ("r_inhibitor", ri));

        var report = recipe.Model.Analyse(recipe.Parameters, 64)!;

        Assert.Equal(0.0, report.Activator);
        Assert.Equal(0.0, report.Conditions[1].Value);
        Assert.False(report.IsFulfilled);
        Assert.Null(report.Wavelength);
    }

    [Fact]
    public void Mycelium_has_no_other_uniform_state()
    {
        // a' = 0 and i' = 0 need i = a and a(1 - a) = i, so a² = 0.
        foreach (var a in Enumerable.Range(1, 1_000).Select(i => i / 1_000.0))
        {
            Assert.NotEqual(0.0, (a * (1.0 - a)) - a);
        }
    }

    [Fact]
    public void Analyse_gives_the_conditions_of_Schnakenberg_worked_by_hand()
    {
        // A = 0.1, B = 0.9, rate 1: fa = 0.8, fh = 1, ga = -1.8, gh = -1; Da = 0.01, Dh = 0.2.
        var report = LinearStability.Analyse(1.0, 0.9, new Jacobian(0.8, 1.0, -1.8, -1.0), 0.01, 0.2);

        Assert.Equal([0.2, 1.0, 0.15, 0.0145], report.Conditions.Select(c => Math.Round(c.Value, 6)));
        Assert.True(report.IsFulfilled);
    }

    [Fact]
    public void Analyse_of_the_default_model_says_that_patterns_form()
    {
        var model = SimulationModels.Default;

        var report = model.Analyse(ParameterSet.Defaults(model), 64)!;

        Assert.True(report.IsFulfilled);
        Assert.InRange(report.Wavelength!.Value, 6, 12);
        Assert.Equal("mycelium-turing", model.Name);
    }

    [Theory]
    [InlineData(0.03, 0.2, 0.01)]
    [InlineData(0.012, 0.2, 0.01)]
    [InlineData(0.02, 0.24, 0.012)]
    public void Measured_spectrum_matches_the_predicted_wavelength(double rate, double dh, double da)
    {
        var recipe = Recipes.Of(
            "mycelium-turing", 128, 3, EdgeKind.Periodic, ("reaction_rate", rate), ("d_inhibitor", dh), ("d_activator", da), ("spike_probability", 0));
        var predicted = recipe.Model.Analyse(recipe.Parameters, 128)!;
        var simulator = new Simulator(recipe);

        simulator.Advance((int)(6.0 / predicted.GrowthPerStep));

        Assert.Equal(predicted.Wavelength!.Value, FieldSpectrum.DominantWavelength(simulator.Fields, 1), predicted.Wavelength.Value * 0.12);
        Assert.Equal(predicted.Wavelength.Value, FieldSpectrum.DominantWavelength(simulator.Fields, 0), predicted.Wavelength.Value * 0.12);
    }

    [Fact]
    public void Fields_without_Turing_instability_become_uniform()
    {
        var simulator = new Simulator(Recipes.Of("mycelium-turing", 64, 3, EdgeKind.Periodic, ("d_inhibitor", 0.02), ("spike_probability", 0)));
        Assert.False(simulator.Recipe.Model.Analyse(simulator.Parameters, 64)!.IsFulfilled);

        simulator.Advance(3_000);

        Assert.All(simulator.Fields.ToArray(1), a => Assert.Equal(1.0f, a, 1e-3f));
    }

    [Fact]
    public void Check_refuses_a_reaction_that_the_step_cannot_follow()
    {
        var model = SimulationModels.Default;
        var problems = new List<ParameterProblem>();
        var parameters = ParameterSet.Defaults(model).With(
            [KeyValuePair.Create("reaction_rate", 0.2), KeyValuePair.Create("b", 2.0), KeyValuePair.Create("d_inhibitor", 0.24)], false, problems);

        model.Check(parameters, problems);

        var problem = Assert.Single(problems);
        Assert.Equal("reaction_rate", problem.Name);
        Assert.Equal("at most 2 per step", problem.Bound);
    }
}
