using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Tests.Client.Scripted;

public sealed class ScriptedJobsHub(ScriptedServer server) : ScriptedHub(server, nameof(IJobsClient.Job), "job:1"), IJobsHub
{
    public Task<SubscribeResult> SubscribeJob(SubscribeJobRequest request) => AnswerAsync(request);

    public Task<SubscribeResult> SubscribeJobs(SubscribeJobsRequest request) => AnswerAsync(request);

    public IAsyncEnumerable<StreamItem> StreamLogs(SubscribeJobRequest request, CancellationToken cancellationToken)
    {
        Server.Called(request);
        return Server.Jobs.OnStream(Connection, request);
    }

    public Task<ListJobsResult> ListJobs(ListJobsRequest request) => Task.FromResult(Server.Jobs.OnList(request));

    public Task<PublishResult> Publish(PublishRequest request)
    {
        Server.Called(request);
        return Task.FromResult(new PublishResult { Channel = request.Channel, Sequence = 1, EventId = request.Event?.EventId });
    }

    public Task<PublishBatchResult> PublishStream(PublishStreamRequest request, IAsyncEnumerable<PublishEvent> events) =>
        Server.Jobs.ReceiveAsync(Connection, request, events);
}
