using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Simulation;

/// <summary>The answer to starting, pausing, resuming, stepping, steering or stopping a run: exactly one member is set.</summary>
public sealed record RunResult
{
    /// <summary>The run as it stands after the call.</summary>
    public RunStatus? Run { get; init; }

    /// <summary>Why nothing was done.</summary>
    public ProtocolError? Error { get; init; }
}
