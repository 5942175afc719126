using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Status;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Client.Hubs;

/// <summary>The status of the server and of registered services, <c>/hubs/system</c>.</summary>
/// <remarks>Thread-safe. One subscription at a time.</remarks>
public sealed class SystemClient : HubClient
{
    private const string DefaultId = "system";

    internal SystemClient(RealtimeClientOptions options)
        : base(options, HubPaths.System, nameof(ISystemClient.Status))
    {
    }

    /// <summary>Subscribes, and hands every frame and notice to the handler in order.</summary>
    /// <param name="request">How to subscribe.</param>
    /// <param name="handler">Called for one item at a time; its token is cancelled when the subscription ends.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached or refuses the connection.</exception>
    /// <exception cref="ProtocolErrorException">The server refuses the subscription.</exception>
    public Task<Subscription> SubscribeAsync(
        SubscribeSystemRequest request,
        Func<StreamItem, CancellationToken, ValueTask> handler,
        CancellationToken cancellationToken = default) =>
        SubscribeAsync(nameof(ISystemHub.Subscribe), Complete(request), handler, cancellationToken);

    /// <summary>Subscribes, and yields every frame and notice in order; the last item is <c>end</c> or <c>error</c>. Leaving the loop unsubscribes.</summary>
    public IAsyncEnumerable<StreamItem> TailAsync(
        SubscribeSystemRequest request, Action<Subscription>? onSubscribed = null, CancellationToken cancellationToken = default) =>
        ReadAsync(nameof(ISystemHub.Subscribe), Complete(request), onSubscribed, cancellationToken);

    private static SubscribeSystemRequest Complete(SubscribeSystemRequest request) => request with { Id = request.Id ?? DefaultId };
}
