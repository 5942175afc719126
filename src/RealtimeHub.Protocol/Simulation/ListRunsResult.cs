using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Simulation;

/// <summary>The runs that the server knows.</summary>
public sealed record ListRunsResult
{
    /// <summary>The runs, newest first.</summary>
    public IReadOnlyList<RunStatus> Runs { get; init; } = [];

    /// <summary>What is wrong with the request.</summary>
    public ProtocolError? Error { get; init; }
}
