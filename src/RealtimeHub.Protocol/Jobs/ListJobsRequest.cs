using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Jobs;

/// <summary>Asks for the jobs that the server remembers, newest first.</summary>
public sealed record ListJobsRequest : HubRequest
{
    /// <summary>Only jobs in this state, from <see cref="JobStates"/>.</summary>
    public string? State { get; init; }

    /// <summary>At most this many, 1 to 1,000. Default 100.</summary>
    public int? Limit { get; init; }
}
