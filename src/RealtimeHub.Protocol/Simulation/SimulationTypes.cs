namespace RealtimeHub.Protocol.Simulation;

/// <summary>The types of the frames of a run, as the documents spell them.</summary>
public static class SimulationTypes
{
    /// <summary>The features after a step.</summary>
    public const string FeatureUpdate = "feature_update";

    /// <summary>The state after a step.</summary>
    public const string State = "simulation_state";

    /// <summary>The run was changed.</summary>
    public const string Steered = "simulation_steered";

    /// <summary>The run stands still.</summary>
    public const string Paused = "simulation_paused";

    /// <summary>The run goes on.</summary>
    public const string Resumed = "simulation_resumed";

    /// <summary>The last frame: the final metrics and the recipe.</summary>
    public const string Complete = "simulation_complete";
}
