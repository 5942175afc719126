using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Tests.Client.Scripted;

public sealed class ScriptedEventsHub(ScriptedServer server) : ScriptedHub(server, nameof(IEventsClient.Event), "events"), IEventsHub
{
    public Task<SubscribeResult> Subscribe(SubscribeEventsRequest request) => AnswerAsync(request);

    public Task<UnsubscribeResult> UnsubscribeEvents(UnsubscribeEventsRequest request)
    {
        Server.Called(request);
        return Task.FromResult(new UnsubscribeResult { Removed = true, Events = request.Events });
    }

    public Task<PublishResult> Publish(PublishRequest request)
    {
        Server.Called(request);
        return Task.FromResult(new PublishResult { Channel = request.Channel, Sequence = 1, EventId = request.Event?.EventId });
    }

    public Task<PublishBatchResult> PublishStream(PublishStreamRequest request, IAsyncEnumerable<PublishEvent> events) =>
        Server.Jobs.ReceiveAsync(Connection, request, events);
}
