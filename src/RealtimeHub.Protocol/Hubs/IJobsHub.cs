using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>The jobs hub, <c>/hubs/jobs</c>.</summary>
public interface IJobsHub : IRealtimeHub
{
    /// <summary>Subscribes to one job's states and log lines; ends with the job.</summary>
    Task<SubscribeResult> SubscribeJob(SubscribeJobRequest request);

    /// <summary>Subscribes to the states of all jobs.</summary>
    Task<SubscribeResult> SubscribeJobs(SubscribeJobsRequest request);

    /// <summary>Streams one job's states and log lines; completes when the job has ended.</summary>
    IAsyncEnumerable<StreamItem> StreamLogs(SubscribeJobRequest request, CancellationToken cancellationToken);

    /// <summary>Lists jobs.</summary>
    Task<ListJobsResult> ListJobs(ListJobsRequest request);

    /// <summary>Publishes one state or log line.</summary>
    Task<PublishResult> Publish(PublishRequest request);

    /// <summary>Publishes states and log lines as they come; ends with the first refusal.</summary>
    Task<PublishBatchResult> PublishStream(PublishStreamRequest request, IAsyncEnumerable<PublishEvent> events);
}
