using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Simulation;

/// <summary>Asks for the runs that the server knows, newest first.</summary>
public sealed record ListRunsRequest : HubRequest
{
    /// <summary>Only this run; its status then has the recipe.</summary>
    public string? RunId { get; init; }

    /// <summary>Only runs in this state, from <see cref="RunStates"/>.</summary>
    public string? State { get; init; }

    /// <summary>At most this many, 1 to 1,000. Default 100.</summary>
    public int? Limit { get; init; }
}
