using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Policy;

/// <summary>The roles of the climate system, and of which times each may ask. Whoever has none of them is <c>public</c>.</summary>
internal static class CareRoles
{
    /// <summary>Speaks for the authority that its team names, and sees that authority's land as it is.</summary>
    public const string Sovereign = "restricted-tribal-sovereign";

    private static readonly Dictionary<string, CareTimeMode[]> Modes = new(StringComparer.Ordinal)
    {
        ["public"] = [CareTimeMode.Realtime],
        ["research-basic"] = [CareTimeMode.Realtime, CareTimeMode.Historical],
        ["research-advanced"] = [CareTimeMode.Realtime, CareTimeMode.Historical, CareTimeMode.Forecast],
        ["internal-ops"] = [CareTimeMode.Realtime, CareTimeMode.Historical, CareTimeMode.Forecast],
        ["admin-governance"] = [CareTimeMode.Realtime, CareTimeMode.Historical, CareTimeMode.Forecast],
        [Sovereign] = [CareTimeMode.Realtime, CareTimeMode.Historical, CareTimeMode.Forecast],
    };

    /// <summary>Whether a principal may ask for a time: by its role, or by a scope of its own.</summary>
    public static bool MayAsk(Principal principal, CareTimeMode mode) =>
        mode is CareTimeMode.Realtime
        || Holds(principal, ScopeOf(mode))
        || principal.Roles.Any(r => Modes.TryGetValue(r, out var modes) && modes.Contains(mode));

    /// <summary>Whether a principal has a scope, in our spelling or in that of the climate system (<c>scope:climate:read</c>).</summary>
    public static bool Holds(Principal principal, string scope) => principal.Has(scope) || principal.Has("scope:" + scope);

    public static string ScopeOf(CareTimeMode mode) => mode switch
    {
        CareTimeMode.Historical => Scopes.ClimateHistorical,
        CareTimeMode.Forecast => Scopes.ClimateForecast,
        _ => Scopes.ClimateRead,
    };
}
