using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Tests.Science.Simulation;

/// <summary>Laws that hold whatever the numbers are.</summary>
public sealed class SimulatorLawTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    [InlineData(16, 16)]
    public void Diffusion_decays_a_wave_by_the_factor_of_the_five_point_Laplacian(int wavesX, int wavesY)
    {
        const int Size = 64;
        const int Steps = 20;
        const double Alpha = 0.18;
        var simulator = Recipes.Diffusion(Size, EdgeKind.Periodic, Alpha);
        simulator.Load(0, Wave(Size, wavesX, wavesY, 0.02));

        simulator.Advance(Steps);

        var kappa = 4.0 - (2.0 * Math.Cos(2.0 * Math.PI * wavesX / Size)) - (2.0 * Math.Cos(2.0 * Math.PI * wavesY / Size));
        var expected = Wave(Size, wavesX, wavesY, 0.02 * Math.Pow(1.0 - (Alpha * kappa), Steps));
        Assert.All(expected.Zip(simulator.Fields.ToArray(0)), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
    }

    [Theory]
    [InlineData(EdgeKind.ZeroFlux)]
    [InlineData(EdgeKind.Periodic)]
    public void Diffusion_conserves_the_sum_where_nothing_flows_out(EdgeKind edges)
    {
        var simulator = Recipes.Diffusion(50, edges);
        var before = simulator.Fields.ToArray(0).Sum(x => (double)x);

        simulator.Advance(500);

        Assert.Equal(before, simulator.Fields.ToArray(0).Sum(x => (double)x), Math.Abs(before) * 1e-6);
    }

    [Fact]
    public void Diffusion_loses_through_fixed_edges()
    {
        var simulator = Recipes.Diffusion(50, EdgeKind.Fixed);

        simulator.Advance(500);

        // The field outside is 0 V, above rest: the mean rises towards it.
        Assert.True(simulator.Measure().Mean > -0.060);
    }

    [Theory]
    [InlineData("mycelium", EdgeKind.Periodic)]
    [InlineData("mycelium-turing", EdgeKind.ZeroFlux)]
    [InlineData("gray-scott", EdgeKind.Fixed)]
    public void Symmetric_fields_stay_symmetric(string model, EdgeKind edges)
    {
        const int Size = 47;
        var spikes = model == "gray-scott" ? Array.Empty<(string, double)>() : [("spike_probability", 0.0)];
        var simulator = new Simulator(Recipes.Of(model, Size, 7, edges, spikes));
        for (var field = 0; field < simulator.Fields.Fields; field++)
        {
            var cells = simulator.Fields.ToArray(field);
            for (var i = 0; i < cells.Length; i++)
            {
                var (x, y) = (i % Size, i / Size);
                cells[i] = cells[(Math.Min(y, Size - 1 - y) * Size) + Math.Min(x, Size - 1 - x)];
            }

            simulator.Load(field, cells);
        }

        simulator.Advance(200);

        for (var field = 0; field < simulator.Fields.Fields; field++)
        {
            var cells = simulator.Fields.ToArray(field);
            for (var i = 0; i < cells.Length; i++)
            {
                Assert.Equal(cells[cells.Length - 1 - i], cells[i]);
            }
        }
    }

    [Theory]
    [InlineData("mycelium", -0.095, 0.040)]
    [InlineData("mycelium-turing", -0.095, 0.040)]
    [InlineData("gray-scott", 0.0, 1.0)]
    public void Fields_stay_within_bounds_for_10000_steps(string model, double min, double max)
    {
        var simulator = new Simulator(Recipes.Of(model, 32));

        simulator.Advance(10_000);

        var statistics = simulator.Measure();
        Assert.InRange(statistics.Min, (float)min, (float)max);
        Assert.InRange(statistics.Max, (float)min, (float)max);
        Assert.True(statistics.Deviation > 0);
    }

    [Fact]
    public void Jitter_keeps_the_potential_within_bounds()
    {
        var simulator = new Simulator(Recipes.Of("mycelium", 32, 42, EdgeKind.Periodic, ("jitter_variance", 0.01)));

        simulator.Advance(50);

        var statistics = simulator.Measure();
        Assert.Equal(-0.095f, statistics.Min);
        Assert.Equal(0.040f, statistics.Max);
    }

    [Theory]
    [InlineData("mycelium", float.NaN)]
    [InlineData("gray-scott", float.PositiveInfinity)]
    public void Advance_stops_when_a_field_is_not_finite(string model, float value)
    {
        var simulator = new Simulator(Recipes.Of(model, 32));
        var cells = simulator.Fields.ToArray(1);
        cells[77] = value;
        simulator.Load(1, cells);

        var failure = Assert.Throws<SimulationDivergedException>(() => simulator.Advance(1));

        Assert.Equal(1, failure.Step);
    }

    [Fact]
    public void SpikeCount_counts_the_spikes_that_happened()
    {
        var quiet = new Simulator(Recipes.Of("mycelium", 32, 42, EdgeKind.Periodic, ("spike_probability", 0)));
        var always = new Simulator(Recipes.Of("mycelium", 32, 42, EdgeKind.Periodic, ("spike_probability", 1)));
        var half = new Simulator(Recipes.Of("mycelium", 32, 42, EdgeKind.Periodic, ("spike_probability", 0.5)));

        quiet.Advance(100);
        always.Advance(100);
        half.Advance(100);

        Assert.Equal(0, quiet.SpikeCount);
        Assert.Equal(100, always.SpikeCount);
        Assert.InRange(half.SpikeCount, 10, 90);
    }

    [Fact]
    public void Replay_of_a_steered_run_gives_the_same_bits()
    {
        var steered = new Simulator(Recipes.Of("gray-scott", 64));
        steered.Advance(30);
        steered.Steer(new SteeringEvent(30) { Parameters = new Dictionary<string, double> { ["feed"] = 0.05 } });
        steered.Advance(17);
        steered.Steer(new SteeringEvent(47) { Spike = new Spike(3, 60, 0.5f) });
        steered.Steer(new SteeringEvent(47) { Parameters = new Dictionary<string, double> { ["kill"] = 0.055 } });
        steered.Advance(40);

        var again = Simulator.Replay(steered.Recipe, 87, threads: 2);
        var unsteered = Simulator.Replay(steered.Recipe with { Events = [] }, 87);

        Assert.Equal(steered.Fields.ToArray(0), again.Fields.ToArray(0));
        Assert.NotEqual(steered.Fields.ToArray(0), unsteered.Fields.ToArray(0));
    }

    [Fact]
    public void Steer_leaves_the_step_that_was_shown_as_it_was()
    {
        var steered = new Simulator(Recipes.Of("mycelium", 24));
        steered.Advance(5);
        var shown = Recipes.Checksum(steered);

        steered.Steer(new SteeringEvent(5) { Spike = new Spike(3, 4, 0.03f) });

        Assert.Equal(shown, Recipes.Checksum(steered));
        Assert.Equal(shown, Recipes.Checksum(Simulator.Replay(steered.Recipe, 5)));
        steered.Advance();
        Assert.Equal(Recipes.Checksum(steered), Recipes.Checksum(Simulator.Replay(steered.Recipe, 6)));
    }

    [Fact]
    public void Steer_refuses_another_step_and_parameters_that_cannot_be_steered()
    {
        var simulator = new Simulator(Recipes.Of("gray-scott", 32));

        Assert.Throws<ArgumentException>(() => simulator.Steer(new SteeringEvent(5)));
        Assert.Throws<ArgumentException>(() => simulator.Steer(new SteeringEvent(0) { Parameters = new Dictionary<string, double> { ["d_u"] = 0.1 } }));
        Assert.Empty(simulator.Recipe.Events);
    }

    private static float[] Wave(int size, int x, int y, double amplitude) =>
        [.. Enumerable.Range(0, size * size).Select(i => (float)(amplitude * Math.Cos(2.0 * Math.PI * ((x * (i % size)) + (y * (i / size))) / size)))];
}
