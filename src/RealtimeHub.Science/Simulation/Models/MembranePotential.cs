using RealtimeHub.Science.Randomness;
using RealtimeHub.Science.Simulation.Kernels;

namespace RealtimeHub.Science.Simulation.Models;

/// <summary>What the models with a membrane potential have in common: its field, its parameters, its spikes. Volts.</summary>
internal static class MembranePotential
{
    public const string Alpha = "alpha";
    public const string SpikeProbability = "spike_probability";
    public const string TuringEnabled = "turing_enabled";
    public const string TuringThreshold = "turing_threshold";
    public const string JitterVariance = "jitter_variance";

    public const double Rest = -0.070;
    public const float Lowest = -0.095f;
    public const float Highest = 0.040f;

    private const double StartDeviation = 0.005;
    private const double SpikeMean = 0.02;
    private const double SpikeDeviation = 0.005;

    public static ObservedField Field { get; } = new("potential", "V", Lowest, Highest)
    {
        FeaturePrefix = "pot_",
        FeatureSuffix = "_mV",
        ShownScale = 1_000.0,
        ActiveAbove = -0.060,
        ClusterThresholds = (-0.060, -0.050, -0.040),
    };

    public static IReadOnlyList<ModelParameter> Parameters { get; } =
    [
        new(Alpha, 0.18, 0.05, 0.25, "cells²/step", "How fast the potential diffuses; from 0.25 on the step is unstable.") { IsMaxExclusive = true, CanSteer = true },
        new(SpikeProbability, 0.25, 0.0, 1.0, "per step", "How likely a step begins with a spike of one random cell.") { CanSteer = true },
        new(TuringEnabled, 1.0, 0.0, 1.0, "1", "Whether the activator and the inhibitor are at work.") { CanSteer = true },
        new(JitterVariance, 0.0, 0.0, 0.01, "V²", "The variance of noise added to every cell in every step; 0 for none."),
    ];

    public static void Start(FieldGrid grid, ulong seed) =>
        RandomStreams.FillNormal(grid, 0, RandomStreams.Start(seed, 0), Rest, StartDeviation);

    /// <summary>One random cell, normal with mean 20 mV and deviation 5 mV.</summary>
    public static Spike? SpikeOf(long step, ulong seed, int gridSize, ParameterSet parameters)
    {
        var spikes = RandomStreams.Spikes(seed);
        var first = (ulong)step * 8;
        if (SplitMix64.UnitAt(spikes, first) >= parameters[SpikeProbability])
        {
            return null;
        }

        var x = (int)(SplitMix64.UnitAt(spikes, first + 1) * gridSize);
        var y = (int)(SplitMix64.UnitAt(spikes, first + 2) * gridSize);
        return new Spike(x, y, (float)(SpikeMean + (SpikeDeviation * NormalNumbers.At(spikes, (first / 2) + 2))));
    }

    /// <summary>Adds noise to a row that is computed but not clipped yet, and clips it.</summary>
    public static void Jitter(in RowWindow window, ulong seed, double deviation)
    {
        var cells = window.Target.AsSpan(window.Out, window.Size);
        var first = (((ulong)window.Step * (ulong)window.Size) + (ulong)window.Row) * (ulong)window.Size;
        for (var column = 0; column < cells.Length; column++)
        {
            var noisy = cells[column] + (float)(deviation * NormalNumbers.At(seed, first + (ulong)column));
            cells[column] = noisy > Highest ? Highest : noisy < Lowest ? Lowest : noisy;
        }
    }
}
