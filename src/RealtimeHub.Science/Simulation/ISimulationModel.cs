using RealtimeHub.Science.Simulation.Kernels;

namespace RealtimeHub.Science.Simulation;

/// <summary>A reaction–diffusion model: its parameters, its start, and the kernel of one row. Implementations have no state.</summary>
public interface ISimulationModel
{
    /// <summary>Its name, as on the wire.</summary>
    string Name { get; }

    /// <summary>Rises whenever the same recipe would give other bits.</summary>
    int Version { get; }

    /// <summary>What it is, in one sentence.</summary>
    string Meaning { get; }

    /// <summary>The names of its fields; the first is the observed one.</summary>
    IReadOnlyList<string> Fields { get; }

    /// <summary>The field that is shown.</summary>
    ObservedField Observed { get; }

    /// <summary>Its parameters.</summary>
    IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>Checks what only several parameters together can violate.</summary>
    void Check(ParameterSet parameters, List<ParameterProblem> problems);

    /// <summary>What linear analysis says of the parameters; null for a model without such an analysis.</summary>
    TuringReport? Analyse(ParameterSet parameters, int gridSize);

    /// <summary>Fills the fields of a new run.</summary>
    internal void Start(FieldGrid grid, ulong seed, ParameterSet parameters);

    /// <summary>The spike that step number <paramref name="step"/> begins with; null for none.</summary>
    internal Spike? SpikeOf(long step, ulong seed, int gridSize, ParameterSet parameters);

    /// <summary>What computes a row of the next step.</summary>
    internal RowStepper CreateStepper(ParameterSet parameters, ulong seed, LaneWidth width);
}
