using RealtimeHub.Science.Simulation.Kernels;

namespace RealtimeHub.Science.Simulation.Models;

/// <summary>The membrane potential driven by the activator and substrate of Schnakenberg (1979), which can form Turing patterns.</summary>
/// <remarks>
/// A step: a spike; a += Da·Lap(a) + γ(A − a + a²h); h += Dh·Lap(h) + γ(B − a²h); V += α·Lap(V) + g·max(0, a − θ) + λ(V₀ − V) with the old a;
/// noise; V is kept within −95 to 40 mV, a and h within 0 to 10. The uniform state is a = A + B, h = B/(A + B)².
/// </remarks>
internal sealed class MyceliumTuringModel : ISimulationModel
{
    private const float Highest = 10f;
    private const double StartNoise = 0.05;

    public string Name => "mycelium-turing";

    public int Version => 1;

    public string Meaning => "The potential field driven by Schnakenberg's activator and inhibitor, whose Turing conditions are checked.";

    public IReadOnlyList<string> Fields { get; } = ["potential", "activator", "inhibitor"];

    public ObservedField Observed => MembranePotential.Field;

    public IReadOnlyList<ModelParameter> Parameters { get; } =
    [
        .. MembranePotential.Parameters,
        new("d_activator", 0.01, 0.001, 0.24, "cells²/step", "How fast the activator diffuses."),
        new("d_inhibitor", 0.2, 0.001, 0.24, "cells²/step", "How fast the inhibitor diffuses."),
        new("reaction_rate", 0.03, 0.001, 0.2, "1/step", "γ: how fast activator and inhibitor react."),
        new("a", 0.1, 0.0, 1.0, "1", "A: the supply of the activator."),
        new("b", 0.9, 0.01, 2.0, "1", "B: the supply of the inhibitor."),
        new(MembranePotential.TuringThreshold, 1.0, 0.0, 5.0, "1", "θ: the activator above it drives the potential.") { CanSteer = true },
        new("drive", 0.004, 0.0, 0.05, "V/step", "g: how much the potential rises per step and unit of activator above the threshold.") { CanSteer = true },
        new("leak", 0.02, 0.0, 0.2, "1/step", "λ: how fast the potential returns to rest, −70 mV."),
    ];

    public void Check(ParameterSet parameters, List<ParameterProblem> problems)
    {
        var largest = LinearStability.LargestStep(JacobianOf(parameters), parameters["d_activator"], parameters["d_inhibitor"]);
        if (largest > 2.0)
        {
            problems.Add(new ParameterProblem(
                "reaction_rate",
                "With this diffusion and supply the explicit step is unstable: the fastest decay overshoots.",
                FormattableString.Invariant($"{largest:0.###} per step"),
                "at most 2 per step"));
        }
    }

    public TuringReport? Analyse(ParameterSet parameters, int gridSize)
    {
        var (a, h) = SteadyState(parameters);
        return LinearStability.Analyse(a, h, JacobianOf(parameters), parameters["d_activator"], parameters["d_inhibitor"]);
    }

    public void Start(FieldGrid grid, ulong seed, ParameterSet parameters)
    {
        var (a, h) = SteadyState(parameters);
        MembranePotential.Start(grid, seed);
        RandomStreams.FillNormal(grid, 1, RandomStreams.Start(seed, 1), a, StartNoise * a);
        RandomStreams.FillNormal(grid, 2, RandomStreams.Start(seed, 2), h, StartNoise * h);
    }

    public Spike? SpikeOf(long step, ulong seed, int gridSize, ParameterSet parameters) => MembranePotential.SpikeOf(step, seed, gridSize, parameters);

    public RowStepper CreateStepper(ParameterSet parameters, ulong seed, LaneWidth width) => new RowStepper<Kernel>(new Kernel(parameters, seed), width);

    private static (double A, double H) SteadyState(ParameterSet parameters)
    {
        var sum = parameters["a"] + parameters["b"];
        return (sum, parameters["b"] / (sum * sum));
    }

    private static Jacobian JacobianOf(ParameterSet parameters)
    {
        var (a, h) = SteadyState(parameters);
        var rate = parameters["reaction_rate"];
        return new Jacobian(rate * ((2.0 * a * h) - 1.0), rate * a * a, -2.0 * rate * a * h, -rate * a * a);
    }

    private readonly struct Kernel(ParameterSet parameters, ulong seed) : IRowKernel
    {
        private readonly float _alpha = parameters.Single(MembranePotential.Alpha);
        private readonly float _da = parameters.Single("d_activator");
        private readonly float _dh = parameters.Single("d_inhibitor");
        private readonly float _rate = parameters.Single("reaction_rate");
        private readonly float _a = parameters.Single("a");
        private readonly float _b = parameters.Single("b");
        private readonly float _threshold = parameters.Single(MembranePotential.TuringThreshold);
        private readonly float _drive = parameters.Single("drive");
        private readonly float _leak = parameters.Single("leak");
        private readonly bool _isTuring = parameters[MembranePotential.TuringEnabled] != 0.0;
        private readonly double _jitter = Math.Sqrt(parameters[MembranePotential.JitterVariance]);
        private readonly ulong _seed = RandomStreams.Jitter(seed);

        public void Row<T>(in RowWindow window)
            where T : struct, ILanes<T>
        {
            var rows = new Stencil(window);
            var (alpha, da, dh, rate, supplyA, supplyB) = (T.Of(_alpha), T.Of(_da), T.Of(_dh), T.Of(_rate), T.Of(_a), T.Of(_b));
            var (zero, top, threshold, drive) = (T.Of(0f), T.Of(Highest), T.Of(_threshold), T.Of(_isTuring ? _drive : 0f));
            var (leak, rest) = (T.Of(_leak), T.Of((float)MembranePotential.Rest));
            var (low, high) = (T.Of(_jitter > 0.0 ? float.MinValue : MembranePotential.Lowest), T.Of(_jitter > 0.0 ? float.MaxValue : MembranePotential.Highest));
            for (var at = 0; at < window.Size; at += T.Count)
            {
                var v = rows.Here<T>(0, at);
                var a = rows.Here<T>(1, at);
                var h = rows.Here<T>(2, at);
                var excess = T.WhereGreater(a, threshold, a - threshold, zero);
                var newV = v + (alpha * rows.Laplacian<T>(0, at)) + ((drive * excess) + (leak * (rest - v)));
                rows.Put(0, at, Lanes.Clip(newV, low, high));
                if (_isTuring)
                {
                    var binding = (a * a) * h;
                    a = Lanes.Clip(a + (da * rows.Laplacian<T>(1, at)) + (rate * ((supplyA - a) + binding)), zero, top);
                    h = Lanes.Clip(h + (dh * rows.Laplacian<T>(2, at)) + (rate * (supplyB - binding)), zero, top);
                }

                rows.Put(1, at, a);
                rows.Put(2, at, h);
            }

            if (_jitter > 0.0)
            {
                MembranePotential.Jitter(window, _seed, _jitter);
            }
        }
    }
}
