using RealtimeHub.Science.Randomness;
using RealtimeHub.Science.Simulation.Kernels;

namespace RealtimeHub.Science.Simulation.Models;

/// <summary>The model of Gray and Scott (1984), in the form and with the constants of Pearson (1993).</summary>
/// <remarks>u += Du·Lap(u) − u·v² + F(1 − u); v += Dv·Lap(v) + u·v² − (F + k)v, one step per unit of time, one cell per unit of length.</remarks>
internal sealed class GrayScottModel : ISimulationModel
{
    private const double Noise = 0.01;
    private const int SeedSide = 8;

    public string Name => "gray-scott";

    public int Version => 1;

    public string Meaning => "Gray and Scott's autocatalysis, the field's yardstick.";

    public IReadOnlyList<string> Fields { get; } = ["v", "u"];

    public ObservedField Observed { get; } = new("v", "1", 0.0, 1.0)
    {
        FeaturePrefix = "v_",
        ActiveAbove = 0.2,
        ClusterThresholds = (0.1, 0.2, 0.3),
    };

    public IReadOnlyList<ModelParameter> Parameters { get; } =
    [
        new("feed", 0.037, 0.0, 0.1, "1/step", "How fast u is fed.") { CanSteer = true },
        new("kill", 0.06, 0.0, 0.1, "1/step", "How fast v is removed beyond the feed.") { CanSteer = true },
        new("d_u", 0.16, 0.0, 0.23, "cells²/step", "How fast u diffuses."),
        new("d_v", 0.08, 0.0, 0.2, "cells²/step", "How fast v diffuses."),
    ];

    public void Check(ParameterSet parameters, List<ParameterProblem> problems)
    {
        // With these ranges 1 - 4 Du - F and 1 - 4 Dv - F - k cannot be below -0.1, where the explicit step is stable.
    }

    public TuringReport? Analyse(ParameterSet parameters, int gridSize) => null;

    public void Start(FieldGrid grid, ulong seed, ParameterSet parameters)
    {
        RandomStreams.FillUniform(grid, 0, RandomStreams.Start(seed, 0), 0.0, Noise);
        RandomStreams.FillUniform(grid, 1, RandomStreams.Start(seed, 1), 1.0 - Noise, 1.0);
        var places = RandomStreams.Start(seed, 2);
        var side = Math.Min(SeedSide, grid.Size / 2);
        var squares = Math.Max(1, grid.Size * grid.Size / 2048);
        for (var square = 0; square < squares; square++)
        {
            var left = (int)(SplitMix64.UnitAt(places, (ulong)square * 2) * (grid.Size - side));
            var top = (int)(SplitMix64.UnitAt(places, ((ulong)square * 2) + 1) * (grid.Size - side));
            for (var row = top; row < top + side; row++)
            {
                grid.Row(0, row).Slice(left, side).Fill(0.25f);
                grid.Row(1, row).Slice(left, side).Fill(0.5f);
            }
        }
    }

    public Spike? SpikeOf(long step, ulong seed, int gridSize, ParameterSet parameters) => null;

    public RowStepper CreateStepper(ParameterSet parameters, ulong seed, LaneWidth width) => new RowStepper<Kernel>(new Kernel(parameters), width);

    private readonly struct Kernel(ParameterSet parameters) : IRowKernel
    {
        private readonly float _feed = parameters.Single("feed");
        private readonly float _du = parameters.Single("d_u");
        private readonly float _dv = parameters.Single("d_v");
        private readonly float _keepU = (float)(1.0 - (4.0 * parameters["d_u"]) - parameters["feed"]);
        private readonly float _keepV = (float)(1.0 - (4.0 * parameters["d_v"]) - parameters["feed"] - parameters["kill"]);

        public void Row<T>(in RowWindow window)
            where T : struct, ILanes<T>
        {
            var rows = new Stencil(window);
            var (feed, du, dv, keepU, keepV) = (T.Of(_feed), T.Of(_du), T.Of(_dv), T.Of(_keepU), T.Of(_keepV));
            for (var at = 0; at < window.Size; at += T.Count)
            {
                var v = rows.Here<T>(0, at);
                var u = rows.Here<T>(1, at);
                var reaction = u * (v * v);
                var newU = (keepU * u) + (du * rows.Around<T>(1, at));
                var newV = (keepV * v) + (dv * rows.Around<T>(0, at));
                rows.Put(1, at, newU + (feed - reaction));
                rows.Put(0, at, newV + reaction);
            }
        }
    }
}
