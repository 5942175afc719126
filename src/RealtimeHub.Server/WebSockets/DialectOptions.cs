using Microsoft.Extensions.Options;
using RealtimeHub.Server.WebSockets.Events;
using RealtimeHub.Server.WebSockets.Simulation;
using RealtimeHub.Server.WebSockets.Workspace;

namespace RealtimeHub.Server.WebSockets;

/// <summary>The plain WebSocket routes.</summary>
public sealed class DialectOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "WebSockets";

    /// <summary>The routes of the home-security events.</summary>
    [ValidateObjectMembers]
    public EventsDialectOptions Events { get; set; } = new();

    /// <summary>The routes of the simulations.</summary>
    [ValidateObjectMembers]
    public SimulationDialectOptions Simulation { get; set; } = new();

    /// <summary>The route of the workspaces.</summary>
    [ValidateObjectMembers]
    public WorkspaceDialectOptions Workspace { get; set; } = new();
}

[OptionsValidator]
internal sealed partial class DialectOptionsValidator : IValidateOptions<DialectOptions>;
