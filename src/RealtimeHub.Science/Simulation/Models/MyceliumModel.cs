using RealtimeHub.Science.Simulation.Kernels;

namespace RealtimeHub.Science.Simulation.Models;

/// <summary>The documented model of the potential field of a mycelium, its kinetics unchanged.</summary>
/// <remarks>
/// A step: a spike; V += α·Lap(V); a += Da·Lap(a) + ra·(a(1 − a) − i); i += Di·Lap(i) + ri·(a − i); where the new a is above θ, V += 5 mV;
/// noise; V is kept within −95 to 40 mV, a and i within 0 to 1. Its only uniform state is a = i = 0, where the
/// Jacobian is singular, so no parameters can make it form Turing patterns.
/// </remarks>
internal sealed class MyceliumModel : ISimulationModel
{
    private const float Boost = 0.005f;

    public string Name => "mycelium";

    public int Version => 1;

    public string Meaning => "The documented potential field with spikes, diffusion and its activator and inhibitor, kinetics unchanged.";

    public IReadOnlyList<string> Fields { get; } = ["potential", "activator", "inhibitor"];

    public ObservedField Observed => MembranePotential.Field;

    public IReadOnlyList<ModelParameter> Parameters { get; } =
    [
        .. MembranePotential.Parameters,
        new("d_activator", 0.1, 0.01, 0.25, "cells²/step", "How fast the activator diffuses.") { IsMaxExclusive = true },
        new("d_inhibitor", 0.05, 0.01, 0.25, "cells²/step", "How fast the inhibitor diffuses.") { IsMaxExclusive = true },
        new("r_activator", 0.01, 0.001, 0.1, "1/step", "The rate of the activator."),
        new("r_inhibitor", 0.02, 0.001, 0.1, "1/step", "The rate of the inhibitor."),
        new(MembranePotential.TuringThreshold, 0.75, 0.5, 0.95, "1", "Where the activator is above it the potential rises.") { CanSteer = true },
    ];

    public void Check(ParameterSet parameters, List<ParameterProblem> problems)
    {
        // Each parameter's own range keeps the explicit step stable.
    }

    public TuringReport? Analyse(ParameterSet parameters, int gridSize)
    {
        var (ra, ri) = (parameters["r_activator"], parameters["r_inhibitor"]);
        return LinearStability.Analyse(0.0, 0.0, new Jacobian(ra, -ra, ri, -ri), parameters["d_activator"], parameters["d_inhibitor"]);
    }

    public void Start(FieldGrid grid, ulong seed, ParameterSet parameters)
    {
        MembranePotential.Start(grid, seed);
        RandomStreams.FillUniform(grid, 1, RandomStreams.Start(seed, 1), 0.0, 0.1);
        RandomStreams.FillUniform(grid, 2, RandomStreams.Start(seed, 2), 0.0, 0.1);
    }

    public Spike? SpikeOf(long step, ulong seed, int gridSize, ParameterSet parameters) => MembranePotential.SpikeOf(step, seed, gridSize, parameters);

    public RowStepper CreateStepper(ParameterSet parameters, ulong seed, LaneWidth width) => new RowStepper<Kernel>(new Kernel(parameters, seed), width);

    private readonly struct Kernel(ParameterSet parameters, ulong seed) : IRowKernel
    {
        private readonly float _alpha = parameters.Single(MembranePotential.Alpha);
        private readonly float _da = parameters.Single("d_activator");
        private readonly float _di = parameters.Single("d_inhibitor");
        private readonly float _ra = parameters.Single("r_activator");
        private readonly float _ri = parameters.Single("r_inhibitor");
        private readonly float _threshold = parameters.Single(MembranePotential.TuringThreshold);
        private readonly bool _isTuring = parameters[MembranePotential.TuringEnabled] != 0.0;
        private readonly double _jitter = Math.Sqrt(parameters[MembranePotential.JitterVariance]);
        private readonly ulong _seed = RandomStreams.Jitter(seed);

        public void Row<T>(in RowWindow window)
            where T : struct, ILanes<T>
        {
            if (_isTuring)
            {
                React<T>(window);
            }
            else
            {
                Diffuse<T>(window);
            }

            if (_jitter > 0.0)
            {
                MembranePotential.Jitter(window, _seed, _jitter);
            }
        }

        private void React<T>(in RowWindow window)
            where T : struct, ILanes<T>
        {
            var rows = new Stencil(window);
            var (alpha, da, di, ra, ri) = (T.Of(_alpha), T.Of(_da), T.Of(_di), T.Of(_ra), T.Of(_ri));
            var (zero, one, boost, threshold) = (T.Of(0f), T.Of(1f), T.Of(Boost), T.Of(_threshold));
            var (low, high) = (T.Of(_jitter > 0.0 ? float.MinValue : MembranePotential.Lowest), T.Of(_jitter > 0.0 ? float.MaxValue : MembranePotential.Highest));
            for (var at = 0; at < window.Size; at += T.Count)
            {
                var v = rows.Here<T>(0, at);
                var a = rows.Here<T>(1, at);
                var i = rows.Here<T>(2, at);
                var newV = v + (alpha * rows.Laplacian<T>(0, at));
                var newA = a + (da * rows.Laplacian<T>(1, at)) + (ra * ((a * (one - a)) - i));
                var newI = i + (di * rows.Laplacian<T>(2, at)) + (ri * (a - i));
                newV = T.WhereGreater(newA, threshold, newV + boost, newV);
                rows.Put(0, at, Lanes.Clip(newV, low, high));
                rows.Put(1, at, Lanes.Clip(newA, zero, one));
                rows.Put(2, at, Lanes.Clip(newI, zero, one));
            }
        }

        private void Diffuse<T>(in RowWindow window)
            where T : struct, ILanes<T>
        {
            var rows = new Stencil(window);
            var alpha = T.Of(_alpha);
            var (low, high) = (T.Of(_jitter > 0.0 ? float.MinValue : MembranePotential.Lowest), T.Of(_jitter > 0.0 ? float.MaxValue : MembranePotential.Highest));
            for (var at = 0; at < window.Size; at += T.Count)
            {
                rows.Put(0, at, Lanes.Clip(rows.Here<T>(0, at) + (alpha * rows.Laplacian<T>(0, at)), low, high));
                rows.Put(1, at, rows.Here<T>(1, at));
                rows.Put(2, at, rows.Here<T>(2, at));
            }
        }
    }
}
