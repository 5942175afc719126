using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>A run that was asked for, validated.</summary>
/// <param name="Recipe">What to compute.</param>
/// <param name="Steps">How many steps; null for no end.</param>
/// <param name="StepsPerSecond">Its pace.</param>
/// <param name="Key">The same for requests that ask for the same run.</param>
internal sealed record RunPlan(SimulationRecipe Recipe, long? Steps, double StepsPerSecond, string Key)
{
    public bool StartsPaused { get; init; }

    /// <summary>Whether it stands in the list of runs and is a job.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>Every how many steps the run's own channel has a frame.</summary>
    public int Every { get; init; } = 1;

    public long Cells => (long)Recipe.GridSize * Recipe.GridSize;
}
