using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>Who may change a run: its owner, while it may run simulations at all, and whoever may steer those of others; but nobody what equal requests share.</summary>
/// <remarks>Thread-safe. About runs that there are not it says nothing.</remarks>
internal sealed class SteerPolicy(SimulationRuns runs) : ICallPolicy
{
    public ValueTask<ProtocolError?> DecideAsync(Principal principal, string method, object? request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(request is RunRequest { RunId: { } id } && runs.Find(id.Trim()) is { } run ? Forbid(run, principal) : null);

    private static ProtocolError? Forbid(SimulationRun run, Principal principal)
    {
        if (run.IsShared)
        {
            return ErrorCodes.Forbidden.With($"The run {run.Id} belongs to all who asked for the same; start one to steer it.");
        }

        return principal.Has(Scopes.SimulationSteer) || (run.Owner == principal.Id && principal.Has(Scopes.SimulationRun))
            ? null
            : ErrorCodes.Forbidden.With($"Only its owner, or the scope {Scopes.SimulationSteer}, may steer the run {run.Id}.");
    }
}
