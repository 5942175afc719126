using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Publishing;

/// <summary>Who may read which family, and where it is served. Families that are not listed cannot be read.</summary>
internal static class ChannelAccess
{
    private static readonly Dictionary<string, (string Scope, string? Hub)> Families = new()
    {
        ["events"] = (Scopes.EventsRead, HubPaths.Events),
        ["system"] = (Scopes.SystemRead, HubPaths.System),
        ["service"] = (Scopes.SystemRead, null),
        ["jobs"] = (Scopes.JobsRead, HubPaths.Jobs),
        ["job"] = (Scopes.JobsRead, HubPaths.Jobs),
        ["simulation"] = (Scopes.SimulationRead, HubPaths.Simulation),
        ["spec"] = (Scopes.WorkspaceRead, HubPaths.Workspace),
        ["agent"] = (Scopes.WorkspaceRead, HubPaths.Workspace),
        ["team"] = (Scopes.WorkspaceRead, HubPaths.Workspace),
    };

    public static bool CanRead(Principal principal, ChannelFamily family) =>
        Families.TryGetValue(family.Name, out var entry) && principal.Has(entry.Scope);

    public static string? HubOf(ChannelFamily family) => Families.GetValueOrDefault(family.Name).Hub;
}
