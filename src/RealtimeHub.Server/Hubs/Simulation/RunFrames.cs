using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Numerics;
using RealtimeHub.Science.Simulation;
using RealtimeHub.Science.Simulation.Features;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>Makes what the channels of a run are told after one step; each part is computed once, for whichever view needs it first.</summary>
/// <remarks>Used by the run's loop only, and only until the next step.</remarks>
internal sealed class RunFrames(string runId, RunPlan plan, Simulator simulator, ChangeTracker? changes)
{
    private const int MaxSpectrumGridSize = 512;

    private readonly ObservedField _observed = plan.Recipe.Model.Observed;
    private readonly Lazy<byte[]> _words = new(() => QuantisedField.ToWords(simulator.Fields, plan.Recipe.Model.Observed));
    private readonly Lazy<FieldStatistics> _statistics = new(simulator.Measure);
    private readonly Dictionary<string, FloatBlock> _blocks = [];
    private IReadOnlyList<KeyValuePair<string, double>>? _standard;
    private IReadOnlyList<KeyValuePair<string, double>>? _morphology;
    private string? _checksum;

    public string Checksum => _checksum ??= Multihash.Sha256(_words.Value);

    /// <summary>The payload of a view's frame.</summary>
    public JsonPayload PayloadOf(ViewPlan view) => view.Kind == SimulationTypes.FeatureUpdate
        ? JsonPayload.From(new FeatureUpdate { RunId = runId, Step = simulator.Step, Features = Pick(view.Features) }, RealtimeJsonContext.Default.FeatureUpdate)
        : JsonPayload.From(StateOf(Pick(view.Features)), RealtimeJsonContext.Default.SimulationState);

    /// <summary>The blocks of a view's frame.</summary>
    public IReadOnlyDictionary<string, FloatBlock>? BlocksOf(ViewPlan view)
    {
        if (view.Encoding is not { } encoding)
        {
            return null;
        }

        if (!_blocks.TryGetValue(encoding, out var block))
        {
            _blocks[encoding] = block = FieldBlocks.Of(simulator.Fields, _observed, encoding, _words);
        }

        return new Dictionary<string, FloatBlock> { [SimulationState.FieldBlock] = block };
    }

    /// <summary>The last word of the run, and what whoever comes later is shown of it.</summary>
    public EndedRun End(string state, string? reason, RunRecipe recipe)
    {
        var last = new SimulationComplete
        {
            RunId = runId,
            State = state,
            Reason = reason,
            Step = simulator.Step,
            TotalSteps = plan.Steps,
            FinalMetrics = Pick(null),
            GrowthEvents = simulator.SpikeCount,
            MeasuredWavelength = Wavelength(),
            Checksum = Checksum,
            Recipe = recipe,
        };
        var all = Pick([.. FeatureNames.Standard(_observed), .. FeatureNames.Morphology]);
        return new EndedRun(last, StateOf(all) with { RunState = state }, simulator.Fields.Copy(0), _observed);
    }

    private SimulationState StateOf(Dictionary<string, double> metrics) => new()
    {
        RunId = runId,
        Step = simulator.Step,
        TotalSteps = plan.Steps,
        Progress = 100.0 * simulator.Step / plan.Steps,
        Metrics = metrics,
        GrowthEvents = simulator.SpikeCount,
        Checksum = Checksum,
    };

    // A run that has failed may hold values that are no numbers; JSON has no word for them.
    private Dictionary<string, double> Pick(IReadOnlyList<string>? names)
    {
        _standard ??= FeatureValues.Standard(_observed, _statistics.Value);
        var all = _standard.AsEnumerable();
        if (names?.Any(FeatureNames.Morphology.Contains) == true)
        {
            _morphology ??= FeatureValues.Morphology(_observed, simulator.Fields, _statistics.Value, changes ?? new ChangeTracker(_observed.ShownScale));
            all = all.Concat(_morphology);
        }

        return all.Where(f => double.IsFinite(f.Value) && (names is null || names.Contains(f.Key))).ToDictionary(f => f.Key, f => f.Value);
    }

    private double? Wavelength() =>
        plan.Recipe.GridSize <= MaxSpectrumGridSize && plan.Recipe.Model.Analyse(simulator.Parameters, plan.Recipe.GridSize) is { IsFulfilled: true }
            && FieldSpectrum.DominantWavelength(simulator.Fields, 1) is var cells && double.IsFinite(cells)
            ? cells
            : null;
}
