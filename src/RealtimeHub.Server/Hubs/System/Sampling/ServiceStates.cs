using System.Collections.Frozen;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>The states of services, and what each means for the health of the whole.</summary>
internal static class ServiceStates
{
    public const string Healthy = "healthy";
    public const string Degraded = "degraded";
    public const string Unhealthy = "unhealthy";

    // A service that is switched off on purpose harms nobody.
    private static readonly FrozenDictionary<string, string> HealthByState = new Dictionary<string, string>
    {
        [Healthy] = Healthy,
        ["running"] = Healthy,
        ["disabled"] = Healthy,
        [Degraded] = Degraded,
        ["restarting"] = Degraded,
        ["unknown"] = Degraded,
        [Unhealthy] = Unhealthy,
        ["stopped"] = Unhealthy,
        ["crashed"] = Unhealthy,
        ["restart_failed"] = Unhealthy,
        ["failed"] = Unhealthy,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] BestFirst = [Healthy, Degraded, Unhealthy];

    /// <summary>What a state means; one that nobody knows degrades.</summary>
    public static string HealthOf(string state) => HealthByState.GetValueOrDefault(state, Degraded);

    /// <summary>The worse of two healths.</summary>
    public static string Worse(string left, string right) =>
        Array.IndexOf(BestFirst, left) >= Array.IndexOf(BestFirst, right) ? left : right;
}
