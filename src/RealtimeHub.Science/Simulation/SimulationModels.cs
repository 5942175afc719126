using RealtimeHub.Science.Simulation.Models;

namespace RealtimeHub.Science.Simulation;

/// <summary>The models there are.</summary>
public static class SimulationModels
{
    /// <summary>Every model, the default first.</summary>
    public static IReadOnlyList<ISimulationModel> All { get; } = [new MyceliumTuringModel(), new MyceliumModel(), new GrayScottModel()];

    /// <summary>The model of requests that name none.</summary>
    public static ISimulationModel Default => All[0];

    /// <summary>The model of a name; null if there is none.</summary>
    public static ISimulationModel? Find(string name) => All.FirstOrDefault(m => m.Name == name);
}
