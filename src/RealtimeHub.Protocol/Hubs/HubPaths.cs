namespace RealtimeHub.Protocol.Hubs;

/// <summary>Where the hubs are.</summary>
public static class HubPaths
{
    /// <summary>Security events.</summary>
    public const string Events = "/hubs/events";

    /// <summary>System and service status.</summary>
    public const string System = "/hubs/system";

    /// <summary>Jobs and their logs.</summary>
    public const string Jobs = "/hubs/jobs";

    /// <summary>Climate fields, hazard drivers and explanations.</summary>
    public const string Climate = "/hubs/climate";
}
