using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>The events hub, <c>/hubs/events</c>.</summary>
public interface IEventsHub : IRealtimeHub
{
    /// <summary>Subscribes to events by patterns, or adds patterns.</summary>
    Task<SubscribeResult> Subscribe(SubscribeEventsRequest request);

    /// <summary>Removes patterns.</summary>
    Task<UnsubscribeResult> UnsubscribeEvents(UnsubscribeEventsRequest request);

    /// <summary>Publishes one event.</summary>
    Task<PublishResult> Publish(PublishRequest request);

    /// <summary>Publishes events as they come; ends with the first refusal.</summary>
    Task<PublishBatchResult> PublishStream(PublishStreamRequest request, IAsyncEnumerable<PublishEvent> events);
}
