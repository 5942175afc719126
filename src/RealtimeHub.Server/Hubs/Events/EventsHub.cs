using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Filters;
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
    private const int MaxPatterns = 64;
    private const int MaxConsumerLength = 50;

    public override async Task OnConnectedAsync()
    {
        await base.OnConnectedAsync();
        var isWanted = !string.Equals(Context.GetHttpContext()?.Request.Query["receive_all"], "false", StringComparison.OrdinalIgnoreCase);
        if (options.Value.ReceiveAll && isWanted && Principal.Has(Scopes.EventsRead))
        {
            await ReceiveAllAsync();
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

            return plan with { Patterns = Patterns(request.Events, "subscribe to", errors), Consumer = request.Consumer?.Trim() };
        });

    [RequiresScope(Scopes.EventsRead)]
    public async Task<UnsubscribeResult> UnsubscribeEvents(UnsubscribeEventsRequest request)
    {
        if (request.Events is null)
        {
            var held = Subscriptions.Patterns(Context, EventsFamily.Channel) ?? [];
            await ReceiveAllAsync();
            return new UnsubscribeResult { Removed = held.Count > 0, Events = held };
        }

        var errors = new List<FieldError>();
        var patterns = Patterns(request.Events, "unsubscribe from", errors);
        if (errors.Count > 0)
        {
            return new UnsubscribeResult { Error = ErrorCodes.InvalidRequest.With(errors[0].Message, errors) };
        }

        var removed = Subscriptions.RemovePatterns(Context, EventsFamily.Channel, patterns) ?? [];
        return new UnsubscribeResult { Removed = removed.Count > 0, Events = removed };
    }

    [RequiresScope(Scopes.EventsWrite)]
    public Task<PublishResult> Publish(PublishRequest request) => publisher.PublishAsync(Principal, request, Context.ConnectionAborted);

    [RequiresScope(Scopes.EventsWrite)]
    public Task<PublishBatchResult> PublishStream(PublishStreamRequest request, IAsyncEnumerable<PublishEvent> events) =>
        publisher.PublishStreamAsync(Principal, request, events, Context.ConnectionAborted);

    private static List<EventPattern> Patterns(IReadOnlyList<string>? texts, string what, List<FieldError> errors)
    {
        if (texts is not { Count: > 0 and <= MaxPatterns })
        {
            var count = (texts?.Count ?? 0).ToString(CultureInfo.InvariantCulture);
            errors.Add(new FieldError("events", $"Name the patterns to {what}, for example [\"alert.*\", \"camera.status_changed\"].", count, $"1..{MaxPatterns} patterns"));
            return [];
        }

        var patterns = new List<EventPattern>(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            if (EventPattern.TryParse(texts[i], out var pattern))
            {
                patterns.Add(pattern);
            }
            else
            {
                errors.Add(new FieldError($"events[{i}]", "A pattern is too short or too long.", FieldError.Preview(texts[i] ?? "null"), $"1..{EventPattern.MaxLength} characters"));
            }
        }

        return [.. patterns.Distinct()];
    }

    // Goes on where the explicit subscription stood, so that nothing is missed in between.
    private ValueTask ReceiveAllAsync()
    {
        var channel = EventsFamily.Channel;
        return Subscriptions.ReceiveAllAsync(Context, new SubscribePlan { Id = channel.Value, Channel = channel, Patterns = null, IsImplicit = true });
    }
}
