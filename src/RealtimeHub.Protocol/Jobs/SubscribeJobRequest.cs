using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Jobs;

/// <summary>Subscribes to one job's states and log lines, as push or as a stream. With no start it begins with the log's first line.</summary>
public sealed record SubscribeJobRequest : SubscribeRequest
{
    /// <summary>The job.</summary>
    public string? JobId { get; init; }
}
