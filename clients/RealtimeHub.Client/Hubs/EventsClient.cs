using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Client.Hubs;

/// <summary>Security events, alerts, detections and camera states, <c>/hubs/events</c>.</summary>
/// <remarks>Thread-safe. All events are one channel, so a client has one subscription at a time, with as many patterns as it likes.</remarks>
public sealed class EventsClient : HubClient
{
    private const string DefaultId = "events";

    internal EventsClient(RealtimeClientOptions options)
        : base(options, $"{HubPaths.Events}?receive_all=false", nameof(IEventsClient.Event))
    {
    }

    /// <summary>Subscribes, and hands every frame and notice to the handler in order.</summary>
    /// <param name="request">What to subscribe to. Without patterns: everything.</param>
    /// <param name="handler">Called for one item at a time; its token is cancelled when the subscription ends.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached or refuses the connection.</exception>
    /// <exception cref="ProtocolErrorException">The server refuses the subscription.</exception>
    /// <exception cref="InvalidOperationException">There is a subscription already.</exception>
    public Task<Subscription> SubscribeAsync(
        SubscribeEventsRequest request,
        Func<StreamItem, CancellationToken, ValueTask> handler,
        CancellationToken cancellationToken = default) =>
        SubscribeAsync(nameof(IEventsHub.Subscribe), Complete(request), handler, cancellationToken);

    /// <summary>Subscribes, and yields every frame and notice in order; the last item is <c>end</c> or <c>error</c>. Leaving the loop unsubscribes.</summary>
    /// <param name="request">What to subscribe to. Without patterns: everything.</param>
    /// <param name="onSubscribed">Is given the subscription, to look into its books.</param>
    /// <param name="cancellationToken">Ends the sequence.</param>
    public IAsyncEnumerable<StreamItem> TailAsync(
        SubscribeEventsRequest request, Action<Subscription>? onSubscribed = null, CancellationToken cancellationToken = default) =>
        ReadAsync(nameof(IEventsHub.Subscribe), Complete(request), onSubscribed, cancellationToken);

    /// <summary>Adds patterns to the subscription; they stay in force over reconnects.</summary>
    /// <exception cref="InvalidOperationException">There is no subscription.</exception>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public async Task AddPatternsAsync(IReadOnlyList<string> patterns, CancellationToken cancellationToken = default)
    {
        var subscription = Single();
        var request = new SubscribeEventsRequest { Id = subscription.Id, Events = patterns };
        var result = await Link
            .InvokeAsync<SubscribeResult>(nameof(IEventsHub.Subscribe), [request], cancellationToken)
            .ConfigureAwait(false);
        ProtocolErrorException.ThrowIf(result.Error);
        subscription.Revise(r => ((SubscribeEventsRequest)r) with { Events = result.Subscription?.Events ?? Union(r, patterns) });
    }

    /// <summary>Removes patterns from the subscription. Removing the last one leaves a subscription that receives nothing.</summary>
    /// <exception cref="InvalidOperationException">There is no subscription.</exception>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public async Task<UnsubscribeResult> RemovePatternsAsync(
        IReadOnlyList<string> patterns, CancellationToken cancellationToken = default)
    {
        var subscription = Single();
        var result = await Link
            .InvokeAsync<UnsubscribeResult>(
                nameof(IEventsHub.UnsubscribeEvents), [new UnsubscribeEventsRequest { Events = patterns }], cancellationToken)
            .ConfigureAwait(false);
        ProtocolErrorException.ThrowIf(result.Error);
        subscription.Revise(r => ((SubscribeEventsRequest)r) with { Events = [.. PatternsOf(r).Except(result.Events ?? patterns)] });
        return result;
    }

    /// <summary>Acknowledges frames of a channel by their sequences, as the consumer of this client's subscription.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public async Task<AckResult> AckAsync(string channel, IReadOnlyList<long> sequences, CancellationToken cancellationToken = default)
    {
        var result = await Link
            .InvokeAsync<AckResult>(nameof(IRealtimeHub.Ack), [new AckRequest { Channel = channel, Sequences = sequences }], cancellationToken)
            .ConfigureAwait(false);
        ProtocolErrorException.ThrowIf(result.Error);
        return result;
    }

    /// <summary>Publishes one event. A refusal is in the result.</summary>
    /// <exception cref="RealtimeConnectionException">The connection broke before the answer came; repeat with the same idempotency key.</exception>
    public Task<PublishResult> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default) =>
        Link.InvokeAsync<PublishResult>(nameof(IEventsHub.Publish), [request], cancellationToken);

    /// <summary>Publishes events as they come, until the sequence ends or the server refuses one.</summary>
    /// <exception cref="RealtimeConnectionException">The connection broke before the answer came.</exception>
    public Task<PublishBatchResult> PublishStreamAsync(
        string channel, IAsyncEnumerable<PublishEvent> events, CancellationToken cancellationToken = default) =>
        Link.InvokeAsync<PublishBatchResult>(
            nameof(IEventsHub.PublishStream), [new PublishStreamRequest { Channel = channel }, events], cancellationToken);

    private static SubscribeEventsRequest Complete(SubscribeEventsRequest request) =>
        request with { Id = request.Id ?? DefaultId, Events = request.Events ?? ["*"] };

    private static IReadOnlyList<string> PatternsOf(SubscribeRequest request) => ((SubscribeEventsRequest)request).Events ?? [];

    private static IReadOnlyList<string> Union(SubscribeRequest request, IReadOnlyList<string> patterns) =>
        [.. PatternsOf(request).Union(patterns)];

    private Subscription Single() =>
        Link.Subscriptions.All() is [var subscription]
            ? subscription
            : throw new InvalidOperationException("There is no subscription to events; subscribe first.");
}
