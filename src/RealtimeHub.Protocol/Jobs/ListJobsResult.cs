using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Jobs;

/// <summary>The jobs that the server remembers.</summary>
public sealed record ListJobsResult
{
    /// <summary>The jobs, newest first.</summary>
    public IReadOnlyList<JobStatus> Jobs { get; init; } = [];

    /// <summary>What is wrong with the request.</summary>
    public ProtocolError? Error { get; init; }
}
