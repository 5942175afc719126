using RealtimeHub.Client.Channels;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Protocol.Workspace;

namespace RealtimeHub.Client.Hubs;

/// <summary>Team workspaces: specs, agents and teams, and who is there, <c>/hubs/workspace</c>.</summary>
/// <remarks>Thread-safe. One subscription per channel.</remarks>
public sealed class WorkspaceClient : HubClient
{
    private readonly HttpApi _http;

    internal WorkspaceClient(RealtimeClientOptions options)
        : base(options, HubPaths.Workspace, nameof(IWorkspaceClient.Workspace))
    {
        _http = new HttpApi(options);
        Link.PresenceStateReceived = state => PresenceStateReceived?.Invoke(this, state);
        Link.PresenceDiffReceived = diff => PresenceChanged?.Invoke(this, diff);
    }

    /// <summary>Raised with everyone in a channel, after each start of a subscription. A listener must not block.</summary>
    public event EventHandler<PresenceState>? PresenceStateReceived;

    /// <summary>Raised when somebody comes into a channel or leaves it. A listener must not block.</summary>
    public event EventHandler<PresenceDiff>? PresenceChanged;

    /// <summary>Subscribes to <c>spec:{id}</c>, <c>agent:{id}</c> or <c>team:{id}</c>, and hands every frame and notice to the handler in order.</summary>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached or refuses the connection.</exception>
    /// <exception cref="ProtocolErrorException">The server refuses the subscription.</exception>
    public Task<Subscription> SubscribeAsync(
        SubscribeWorkspaceRequest request,
        Func<StreamItem, CancellationToken, ValueTask> handler,
        CancellationToken cancellationToken = default) =>
        SubscribeAsync(nameof(IWorkspaceHub.Subscribe), Complete(request), handler, cancellationToken);

    /// <summary>Subscribes, and yields every frame and notice in order; the last item is <c>end</c> or <c>error</c>. Leaving the loop unsubscribes.</summary>
    public IAsyncEnumerable<StreamItem> TailAsync(
        SubscribeWorkspaceRequest request, Action<Subscription>? onSubscribed = null, CancellationToken cancellationToken = default) =>
        ReadAsync(nameof(IWorkspaceHub.Subscribe), Complete(request), onSubscribed, cancellationToken);

    /// <summary>Who is in a channel.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public async Task<PresenceState> PresenceAsync(string channel, CancellationToken cancellationToken = default)
    {
        var result = await Link
            .InvokeAsync<PresenceResult>(nameof(IWorkspaceHub.Presence), [new PresenceRequest { Channel = channel }], cancellationToken)
            .ConfigureAwait(false);
        ProtocolErrorException.ThrowIf(result.Error);
        return result.Presence!;
    }

    /// <summary>Publishes one event. A refusal is in the result.</summary>
    /// <exception cref="RealtimeConnectionException">The connection broke before the answer came; repeat with the same event id.</exception>
    public Task<PublishResult> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default) =>
        Link.InvokeAsync<PublishResult>(nameof(IWorkspaceHub.Publish), [request], cancellationToken);

    /// <summary>The specs and agents of the caller's team; with <c>workspace:admin</c> those of all teams.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached.</exception>
    public Task<IReadOnlyList<ResourceOwner>> ListResourcesAsync(CancellationToken cancellationToken = default) =>
        _http.SendAsync<IReadOnlyList<ResourceOwner>>(HttpMethod.Get, "/api/v1/workspace/resources", null, null, cancellationToken);

    private protected override void OnDispose() => _http.Dispose();

    private static SubscribeWorkspaceRequest Complete(SubscribeWorkspaceRequest request) =>
        request with { Id = request.Id ?? request.Channel?.Trim() };
}
