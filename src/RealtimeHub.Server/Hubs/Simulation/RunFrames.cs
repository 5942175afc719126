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
        : JsonPayload.From(
            new SimulationState
            {
                RunId = runId,
                Step = simulator.Step,
                TotalSteps = plan.Steps,
                Progress = 100.0 * simulator.Step / plan.Steps,
                Metrics = Pick(view.Features),
                GrowthEvents = simulator.SpikeCount,
                Checksum = Checksum,
            },
            RealtimeJsonContext.Default.SimulationState);

    /// <summary>The blocks of a view's frame.</summary>
    public IReadOnlyDictionary<string, FloatBlock>? BlocksOf(ViewPlan view) =>
        view.Encoding is { } encoding ? new Dictionary<string, FloatBlock> { [SimulationState.FieldBlock] = Block(encoding) } : null;

    /// <summary>The payload of the last frame.</summary>
    public JsonPayload Complete(string state, string? reason, RunRecipe recipe) => JsonPayload.From(
        new SimulationComplete
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
        },
        RealtimeJsonContext.Default.SimulationComplete);

    private Dictionary<string, double> Pick(IReadOnlyList<string>? names)
    {
        _standard ??= FeatureValues.Standard(_observed, _statistics.Value);
        var all = _standard.AsEnumerable();
        if (names?.Any(FeatureNames.Morphology.Contains) == true)
        {
            _morphology ??= FeatureValues.Morphology(_observed, simulator.Fields, _statistics.Value, changes ?? new ChangeTracker(_observed.ShownScale));
            all = all.Concat(_morphology);
        }

        return all.Where(f => names is null || names.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value);
    }

    private FloatBlock Block(string encoding)
    {
        if (_blocks.TryGetValue(encoding, out var block))
        {
            return block;
        }

        int[] shape = [plan.Recipe.GridSize, plan.Recipe.GridSize];
        var range = _observed.Max - _observed.Min;
        return _blocks[encoding] = encoding switch
        {
            FieldEncodings.Real32 => FloatBlock.Of(simulator.Fields.ToArray(0), shape, _observed.Unit),
            FieldEncodings.Whole16 => Quantised(NumericTypes.Whole16, _words.Value, range / ushort.MaxValue),
            _ => Quantised(NumericTypes.Whole8, QuantisedField.ToBytes(simulator.Fields, _observed), range / byte.MaxValue),
        };

        FloatBlock Quantised(string dtype, byte[] data, double scale) =>
            new() { Dtype = dtype, Shape = shape, Units = _observed.Unit, Scale = scale, Offset = _observed.Min, Data = new BinaryBlock(data) };
    }

    private double? Wavelength() =>
        plan.Recipe.GridSize <= MaxSpectrumGridSize && plan.Recipe.Model.Analyse(simulator.Parameters, plan.Recipe.GridSize) is { IsFulfilled: true }
            ? FieldSpectrum.DominantWavelength(simulator.Fields, 1)
            : null;
}
