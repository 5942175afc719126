using RealtimeHub.Science.Simulation.Features;
using RealtimeHub.Science.Simulation.Kernels;

namespace RealtimeHub.Science.Simulation;

/// <summary>One run at work: its fields, and how they go on.</summary>
/// <remarks>Not thread-safe. The bits follow from the recipe and the events alone, not from the threads or the lane width.</remarks>
public sealed class Simulator
{
    // Below this a second thread costs more than it brings.
    private const int SmallestSharedGrid = 128;
    private const int SmallestBand = 32;

    private readonly SimulationRecipe _recipe;
    private readonly List<SteeringEvent> _events = [];

    // They belong to the next step: what was shown of this one stays as it was.
    private readonly Queue<Spike> _injected = new();
    private readonly LaneWidth _width;
    private readonly BandSweep[] _sweeps;
    private readonly (int From, int To)[] _bands;
    private FieldGrid _fields;
    private FieldGrid _next;
    private RowStepper _stepper;
    private int _recipeEvents;

    /// <summary>Fills the fields of step 0.</summary>
    /// <param name="recipe">What to compute. Its events are applied when their step has come.</param>
    /// <param name="threads">How many threads may work at once.</param>
    /// <param name="width">How many cells are computed at once.</param>
    /// <exception cref="ArgumentOutOfRangeException">The grid is too small or too large.</exception>
    public Simulator(SimulationRecipe recipe, int threads = 1, LaneWidth width = LaneWidth.Widest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recipe.GridSize, SimulationRecipe.MinGridSize, nameof(recipe));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recipe.GridSize, SimulationRecipe.MaxGridSize, nameof(recipe));
        _recipe = recipe;
        _width = width;
        Parameters = recipe.Parameters;
        _fields = new FieldGrid(recipe.GridSize, recipe.Model.Fields.Count, recipe.Edges);
        _next = new FieldGrid(recipe.GridSize, recipe.Model.Fields.Count, recipe.Edges);
        _stepper = recipe.Model.CreateStepper(Parameters, recipe.Seed, width);
        _bands = Bands(recipe.GridSize, threads);
        _sweeps = [.. _bands.Select(_ => new BandSweep(_fields))];
        recipe.Model.Start(_fields, recipe.Seed, Parameters);
        _fields.CloseRows();
    }

    /// <summary>How many steps were computed.</summary>
    public long Step { get; private set; }

    /// <summary>How many spikes there were, injected ones included.</summary>
    public long SpikeCount { get; private set; }

    /// <summary>The parameters now in force.</summary>
    public ParameterSet Parameters { get; private set; }

    /// <summary>The fields after the newest step.</summary>
    public FieldGrid Fields => _fields;

    /// <summary>What was computed so far, steering included: whoever computes it again gets the same bits.</summary>
    public SimulationRecipe Recipe => _recipe with { Events = [.. _events] };

    /// <summary>Computes a recipe up to a step.</summary>
    public static Simulator Replay(SimulationRecipe recipe, long step, int threads = 1)
    {
        var simulator = new Simulator(recipe, threads);
        while (simulator.Step < step)
        {
            simulator.Advance((int)Math.Min(64, step - simulator.Step));
        }

        return simulator;
    }

    /// <summary>Puts values in the place of the fields' own. For tests and for continuing what was computed elsewhere.</summary>
    public void Load(int field, ReadOnlySpan<float> cells)
    {
        for (var row = 0; row < _fields.Size; row++)
        {
            cells.Slice(row * _fields.Size, _fields.Size).CopyTo(_fields.Row(field, row));
        }

        _fields.CloseRows();
    }

    /// <summary>Changes the run before its next step, and keeps the change in its recipe.</summary>
    /// <exception cref="ArgumentException">The event belongs to another step, or the model refuses it.</exception>
    public void Steer(SteeringEvent change)
    {
        if (change.Step != Step)
        {
            throw new ArgumentException(FormattableString.Invariant($"The event belongs after step {change.Step}; the run stands after step {Step}."), nameof(change));
        }

        if (change.Parameters is { } given)
        {
            var problems = new List<ParameterProblem>();
            var parameters = Parameters.With(given, isSteering: true, problems);
            _recipe.Model.Check(parameters, problems);
            if (problems.Count > 0)
            {
                throw new ArgumentException(problems[0].Message, nameof(change));
            }

            Parameters = parameters;
            _stepper = _recipe.Model.CreateStepper(parameters, _recipe.Seed, _width);
        }

        if (change.Spike is { } spike)
        {
            _injected.Enqueue(spike);
        }

        _events.Add(change);
    }

    /// <summary>Computes some steps.</summary>
    /// <exception cref="SimulationDivergedException">A field holds a value that is not a finite number.</exception>
    public void Advance(int steps = 1)
    {
        var deepest = BandSweep.Depth(_fields);
        while (steps > 0)
        {
            ApplyRecipeEvents();
            var depth = (int)Math.Min(Math.Min(steps, deepest), NextEventStep() - Step);
            Sweep(depth);
            steps -= depth;
        }
    }

    /// <summary>The statistics of the observed field after the newest step.</summary>
    public FieldStatistics Measure() => FieldStatistics.Of(_fields, 0, _recipe.Model.Observed.ActiveAbove);

    private static (int From, int To)[] Bands(int size, int threads)
    {
        var count = size < SmallestSharedGrid ? 1 : Math.Clamp(threads, 1, size / SmallestBand);
        return [.. Enumerable.Range(0, count).Select(i => (size * i / count, size * (i + 1) / count))];
    }

    private void Sweep(int depth)
    {
        var spikes = new Spike?[depth];
        for (var i = 0; i < depth; i++)
        {
            spikes[i] = _recipe.Model.SpikeOf(Step + i + 1, _recipe.Seed, _fields.Size, Parameters);
            SpikeCount += spikes[i] is null || i == 0 ? 0 : 1;
        }

        while (_injected.TryDequeue(out var injected))
        {
            Fire(_fields, injected);
        }

        if (spikes[0] is { } first)
        {
            Fire(_fields, first);
        }

        if (_bands.Length == 1)
        {
            Compute(0, spikes);
        }
        else
        {
            Parallel.For(0, _bands.Length, band => Compute(band, spikes));
        }

        (_fields, _next) = (_next, _fields);
        Step += depth;
        if (_sweeps.FirstOrDefault(s => s.Fault >= 0) is { } faulty)
        {
            throw new SimulationDivergedException(_recipe.Model.Fields[faulty.Fault], Step);
        }
    }

    private void Compute(int band, Spike?[] spikes) => _sweeps[band].Run(_stepper, _fields, _next, _bands[band], Step, spikes);

    private void Fire(FieldGrid fields, Spike spike)
    {
        fields.Row(0, spike.Y)[spike.X] += spike.Amount;
        FieldGrid.CloseRow(fields.Cells, fields.Offset(spike.Y), fields.Size, fields.Edges);
        SpikeCount++;
    }

    private void ApplyRecipeEvents()
    {
        while (_recipeEvents < _recipe.Events.Count && _recipe.Events[_recipeEvents].Step == Step)
        {
            Steer(_recipe.Events[_recipeEvents++]);
        }
    }

    private long NextEventStep() => _recipeEvents < _recipe.Events.Count ? _recipe.Events[_recipeEvents].Step : long.MaxValue;
}
