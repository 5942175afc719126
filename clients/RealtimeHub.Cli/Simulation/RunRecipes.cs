using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Cli.Simulation;

/// <summary>Turns a recipe of the wire into one that can be computed here.</summary>
internal static class RunRecipes
{
    /// <exception cref="MisuseException">This program does not have the model, or another version of it.</exception>
    public static SimulationRecipe ToScience(RunRecipe recipe)
    {
        var model = SimulationModels.Find(recipe.Model)
            ?? throw new MisuseException($"This rthub does not know the model {recipe.Model}; take one that is as new as the server.");
        if (model.Version != recipe.ModelVersion)
        {
            throw new MisuseException($"The run was computed with version {recipe.ModelVersion} of {recipe.Model}; this rthub has version {model.Version}.");
        }

        var problems = new List<ParameterProblem>();
        var parameters = ParameterSet.Defaults(model).With(recipe.Parameters, isSteering: false, problems);
        if (problems.Count > 0)
        {
            throw new MisuseException($"The recipe cannot be computed: {problems[0].Message}");
        }

        var edges = recipe.Edges switch { EdgeNames.ZeroFlux => EdgeKind.ZeroFlux, EdgeNames.Fixed => EdgeKind.Fixed, _ => EdgeKind.Periodic };
        return new SimulationRecipe(model, (ulong)recipe.Seed, recipe.GridSize, edges, parameters)
        {
            Events =
            [
                .. recipe.Events.Select(e => new SteeringEvent(e.Step)
                {
                    Parameters = e.Parameters,
                    Spike = e.Spike is { } spike ? new Spike(spike.X, spike.Y, (float)spike.Amount) : null,
                }),
            ],
        };
    }
}
