using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Tests.Science.Simulation;

/// <summary>Recipes for tests.</summary>
internal static class Recipes
{
    public static SimulationRecipe Of(string model, int gridSize = 64, ulong seed = 42, EdgeKind edges = EdgeKind.Periodic, params (string Name, double Value)[] parameters)
    {
        var found = SimulationModels.Find(model)!;
        var problems = new List<ParameterProblem>();
        var set = ParameterSet.Defaults(found).With(parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)), false, problems);
        found.Check(set, problems);
        Assert.Empty(problems);
        return new SimulationRecipe(found, seed, gridSize, edges, set);
    }

    /// <summary>The potential alone: no spikes, no reactions.</summary>
    public static Simulator Diffusion(int gridSize, EdgeKind edges, double alpha = 0.18) => new(Of(
        "mycelium", gridSize, 42, edges, ("alpha", alpha), ("spike_probability", 0), ("turing_enabled", 0)));

    public static string Checksum(Simulator simulator) => QuantisedField.Checksum(simulator.Fields, simulator.Recipe.Model.Observed);
}
