using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>What is kept of a run that has ended: its last word, and its last state for views that nobody had asked for before. Thread-safe.</summary>
/// <param name="complete">Its last word.</param>
/// <param name="state">Its last state, with every feature there is.</param>
/// <param name="field">The observed field, alone.</param>
/// <param name="observed">What that is.</param>
internal sealed class EndedRun(SimulationComplete complete, SimulationState state, FieldGrid field, ObservedField observed)
{
    private FieldGrid? _field = field;

    /// <summary>The payload of the last frame of every channel.</summary>
    public JsonPayload Complete { get; } = JsonPayload.From(complete, RealtimeJsonContext.Default.SimulationComplete);

    public string Checksum => state.Checksum;

    public bool HasField => Volatile.Read(ref _field) is not null;

    /// <summary>Forgets the field, which is nearly all of it.</summary>
    public void DropField() => Volatile.Write(ref _field, null);

    /// <summary>The last state as a view has it.</summary>
    public JsonPayload PayloadOf(ViewPlan view)
    {
        var metrics = view.Features is { } chosen
            ? state.Metrics.Where(m => chosen.Contains(m.Key)).ToDictionary(m => m.Key, m => m.Value)
            : complete.FinalMetrics;
        return view.Kind == SimulationTypes.FeatureUpdate
            ? JsonPayload.From(
                new FeatureUpdate { RunId = state.RunId, Step = state.Step, Features = metrics, RunState = state.RunState }, RealtimeJsonContext.Default.FeatureUpdate)
            : JsonPayload.From(state with { Metrics = metrics }, RealtimeJsonContext.Default.SimulationState);
    }

    /// <summary>The blocks of that; null if it has none, or the field is forgotten.</summary>
    public IReadOnlyDictionary<string, FloatBlock>? BlocksOf(ViewPlan view) =>
        view.Encoding is { } encoding && Volatile.Read(ref _field) is { } kept
            ? new Dictionary<string, FloatBlock>
            {
                [SimulationState.FieldBlock] = FieldBlocks.Of(kept, observed, encoding, new Lazy<byte[]>(() => QuantisedField.ToWords(kept, observed))),
            }
            : null;
}
