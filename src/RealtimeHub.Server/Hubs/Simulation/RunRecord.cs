using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>Everything that another node needs to go on with a run: its numbers follow from the recipe, what was shown stands in its channels.</summary>
/// <param name="Term">How often it has changed its node. Of two that speak for a run the later one is right.</param>
internal sealed record RunRecord(int Term)
{
    public required string Owner { get; init; }

    public required bool IsShared { get; init; }

    public required RunRecipe Recipe { get; init; }

    public required double StepsPerSecond { get; init; }

    public required string Key { get; init; }

    public required bool IsListed { get; init; }

    public required int Every { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string State { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required long Step { get; init; }

    public required int Viewers { get; init; }

    /// <summary>Its contents that somebody watches; at the end, all there were.</summary>
    public required IReadOnlyList<ViewPlan> Views { get; init; }

    /// <summary>The first step that was compared with the one before, for features that need it.</summary>
    public long? ChangesFrom { get; init; }

    /// <summary>What to compute; null if this server has no such model.</summary>
    public RunPlan? ToPlan()
    {
        if (SimulationModels.Find(Recipe.Model) is not { } model || model.Version != Recipe.ModelVersion)
        {
            return null;
        }

        var problems = new List<ParameterProblem>();
        var parameters = ParameterSet.Defaults(model).With(Recipe.Parameters, isSteering: false, problems);
        var recipe = new SimulationRecipe(model, (ulong)Recipe.Seed, Recipe.GridSize, RunPlanner.EdgesOf(Recipe.Edges), parameters);
        return problems.Count > 0 ? null : new RunPlan(recipe, Recipe.Steps, StepsPerSecond, Key) { IsListed = IsListed, Every = Every };
    }
}
