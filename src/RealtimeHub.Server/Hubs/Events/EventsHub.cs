using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Events;

/// <summary>Security events, alerts, detections and cameras.</summary>
internal sealed class EventsHub(SubscriptionService subscriptions, HubPublisher publisher, IOptions<RealtimeHubOptions> options, TimeProvider clock)
    : ChannelHub<IEventsClient>(subscriptions, clock), IEventsHub
{
    private const int MaxConsumerLength = 50;

    public override async Task OnConnectedAsync()
    {
        await base.OnConnectedAsync();
        var isWanted = !string.Equals(Context.GetHttpContext()?.Request.Query["receive_all"], "false", StringComparison.OrdinalIgnoreCase);
        if (options.Value.ReceiveAll && isWanted && Principal.Has(Scopes.EventsRead))
        {
            await EventSubscriptions.ReceiveAllAsync(Subscriptions, Context);
        }
    }

    [RequiresScope(Scopes.EventsRead)]
    [ReadsChannel("events")]
    public Task<SubscribeResult> Subscribe(SubscribeEventsRequest request) =>
        SubscribeAsync(request, EventsFamily.Channel, (plan, errors) =>
        {
            if (request.Consumer is { } consumer && (consumer.Trim().Length == 0 || consumer.Length > MaxConsumerLength))
            {
                errors.Add(new FieldError("consumer", "The consumer's name is too short or too long.", FieldError.Preview(consumer), $"1..{MaxConsumerLength} characters"));
            }

            return plan with { Patterns = EventSubscriptions.Patterns(request.Events, "subscribe to", errors), Consumer = request.Consumer?.Trim() };
        });

    [RequiresScope(Scopes.EventsRead)]
    public async Task<UnsubscribeResult> UnsubscribeEvents(UnsubscribeEventsRequest request)
    {
        var errors = new List<FieldError>();
        var patterns = request.Events is null ? null : EventSubscriptions.Patterns(request.Events, "unsubscribe from", errors);
        return errors.Count > 0
            ? new UnsubscribeResult { Error = ErrorCodes.InvalidRequest.With(errors[0].Message, errors) }
            : await EventSubscriptions.UnsubscribeAsync(Subscriptions, Context, patterns);
    }

    [RequiresScope(Scopes.EventsWrite)]
    public Task<PublishResult> Publish(PublishRequest request) => publisher.PublishAsync(Principal, request, Context.ConnectionAborted);

    [RequiresScope(Scopes.EventsWrite)]
    public Task<PublishBatchResult> PublishStream(PublishStreamRequest request, IAsyncEnumerable<PublishEvent> events) =>
        publisher.PublishStreamAsync(Principal, request, events, Context.ConnectionAborted);
}
