using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>Something for a run's loop to do between two steps.</summary>
/// <param name="Action">What; answers with the refusal, if it is refused.</param>
/// <param name="Done">Completes with the answer.</param>
internal sealed record RunCommand(Func<ProtocolError?> Action, TaskCompletionSource<ProtocolError?> Done)
{
    /// <summary>Whether the answer waits until the steps that are owed are computed.</summary>
    public bool AwaitsSteps { get; init; }
}
