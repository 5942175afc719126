namespace RealtimeHub.Server.Auth;

/// <summary>The names of what a principal may do.</summary>
public static class Scopes
{
    /// <summary>Read security events.</summary>
    public const string EventsRead = "events:read";

    /// <summary>Publish security events.</summary>
    public const string EventsWrite = "events:write";

    /// <summary>Read system and service status.</summary>
    public const string SystemRead = "system:read";

    /// <summary>Report the status of services.</summary>
    public const string ServiceWrite = "service:write";

    /// <summary>Read jobs and their logs.</summary>
    public const string JobsRead = "jobs:read";

    /// <summary>Publish job states and logs.</summary>
    public const string JobsWrite = "jobs:write";

    /// <summary>Read climate fields and drivers, and what describes them.</summary>
    public const string ClimateRead = "climate:read";

    /// <summary>Ask for past times of them.</summary>
    public const string ClimateHistorical = "climate:historical";

    /// <summary>Ask for forecasts of them.</summary>
    public const string ClimateForecast = "climate:forecast";

    /// <summary>Read explanations of them.</summary>
    public const string XaiRead = "xai:read";

    /// <summary>Watch simulations.</summary>
    public const string SimulationRead = "simulation:read";

    /// <summary>Start simulations, and steer one's own.</summary>
    public const string SimulationRun = "simulation:run";

    /// <summary>Steer and stop the simulations of others.</summary>
    public const string SimulationSteer = "simulation:steer";

    /// <summary>Read specs, agents and teams of the own team.</summary>
    public const string WorkspaceRead = "workspace:read";

    /// <summary>Say which team specs and agents belong to, and publish to the channels of every team.</summary>
    public const string WorkspaceAdmin = "workspace:admin";

    /// <summary>Publish to specs.</summary>
    public const string SpecWrite = "spec:write";

    /// <summary>Publish to agents.</summary>
    public const string AgentWrite = "agent:write";

    /// <summary>Publish to teams.</summary>
    public const string TeamWrite = "team:write";

    /// <summary>Revoke credentials.</summary>
    public const string AuthAdmin = "auth:admin";

    /// <summary>Read metrics from another machine.</summary>
    public const string MetricsRead = "metrics:read";

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        EventsRead, EventsWrite, SystemRead, ServiceWrite, JobsRead, JobsWrite,
        ClimateRead, ClimateHistorical, ClimateForecast, XaiRead, SimulationRead, SimulationRun, SimulationSteer,
        WorkspaceRead, WorkspaceAdmin, SpecWrite, AgentWrite, TeamWrite, AuthAdmin, MetricsRead,
    ];
}
