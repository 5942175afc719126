using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Simulation;

/// <summary>Pauses, resumes or stops a run.</summary>
public record RunRequest : HubRequest
{
    /// <summary>The run.</summary>
    public string? RunId { get; init; }
}
