using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.WebSockets;

/// <summary>What one property of <see cref="DialectOptions"/> alone cannot say.</summary>
internal sealed class DialectOptionsRules(IHostEnvironment environment) : IValidateOptions<DialectOptions>
{
    public ValidateOptionsResult Validate(string? name, DialectOptions options) =>
        options.Workspace.HeartbeatTimeout <= options.Workspace.HeartbeatInterval
            ? Fail($"WebSockets:Workspace:HeartbeatTimeout is {options.Workspace.HeartbeatTimeout}; it must be longer than the HeartbeatInterval of {options.Workspace.HeartbeatInterval}.")
        : options.Simulation.HeartbeatTimeout <= options.Simulation.HeartbeatInterval
            ? Fail($"WebSockets:Simulation:HeartbeatTimeout is {options.Simulation.HeartbeatTimeout}; it must be longer than the HeartbeatInterval of {options.Simulation.HeartbeatInterval}.")
        : environment.IsProduction() && options.Events.Anonymous
            ? Fail("WebSockets:Events:Anonymous is true; in Production everybody needs a credential.")
        : environment.IsProduction() && options.Simulation.AnyKey
            ? Fail("WebSockets:Simulation:AnyKey is true; in Production keys are checked.")
        : options.Events.BatchChannels?.FirstOrDefault(string.IsNullOrWhiteSpace) is not null
            ? Fail("WebSockets:Events:BatchChannels has an empty name.")
        : ValidateOptionsResult.Success;

    private static ValidateOptionsResult Fail(string message) => ValidateOptionsResult.Fail(message);
}
