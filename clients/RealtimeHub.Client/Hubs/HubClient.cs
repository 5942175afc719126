using System.Runtime.CompilerServices;
using System.Threading.Channels;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Client.Hubs;

/// <summary>What the clients of all hubs have in common: one connection that is opened by the first call and comes back by itself.</summary>
/// <remarks>
/// Thread-safe. The first attempt to connect may fail and says so; after that the client reconnects for ever, until it is
/// disposed, the key is refused, or the server says not to come back. Handlers of one client are called one at a time: a
/// handler or a reader that does not keep up makes the connection stop reading, and nothing is dropped here.
/// </remarks>
public abstract class HubClient : IAsyncDisposable
{
    private readonly int _queueCapacity;

    private protected HubClient(RealtimeClientOptions options, string pathAndQuery, params IReadOnlyList<string> frameTargets)
    {
        _queueCapacity = options.QueueCapacity;
        Link = new HubLink(options, pathAndQuery, frameTargets);
        ListenTo(Link);
    }

    /// <summary>Raised on every change of the connection, in order. A listener must not block.</summary>
    public event EventHandler<ConnectionStateChangedEventArgs>? StateChanged;

    /// <summary>Raised for what no call can answer: failed attempts, notices of the server, handlers that throw. A listener must not block.</summary>
    public event EventHandler<ConnectionErrorEventArgs>? ErrorOccurred;

    /// <summary>Where the connection stands.</summary>
    public ConnectionState State => Link.State;

    /// <summary>When the connection's credential ends, UTC; null when it does not, or before the first connection. A credential that can be fetched anew is refreshed before.</summary>
    public DateTimeOffset? CredentialExpiresAt => Link.CredentialExpiresAt;

    private protected HubLink Link { get; }

    /// <summary>Opens the connection now, or waits for it while it is away.</summary>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached or refuses.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default) =>
        await Link.ConnectedAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Asks whether the server is there.</summary>
    /// <exception cref="RealtimeConnectionException">It cannot be reached, refuses, or the connection broke.</exception>
    public Task<PingResult> PingAsync(CancellationToken cancellationToken = default) =>
        Link.InvokeAsync<PingResult>(nameof(IRealtimeHub.Ping), [], cancellationToken);

    /// <summary>Replaces the credential of the live connection by a newer one of the same user. What it does not allow is ended.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses it; the old one stays in force.</exception>
    public async Task<RefreshCredentialResult> RefreshCredentialAsync(RefreshCredentialRequest request, CancellationToken cancellationToken = default)
    {
        var result = await Link
            .InvokeAsync<RefreshCredentialResult>(nameof(IRealtimeHub.RefreshCredential), [request], cancellationToken)
            .ConfigureAwait(false);
        ProtocolErrorException.ThrowIf(result.Error);
        return result;
    }

    /// <summary>Acknowledges a frame of a subscription of this client, also of one that is being read as a sequence.</summary>
    /// <returns>The server's answer; null when the connection broke or the subscription has ended. A frame that comes again is acknowledged again.</returns>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public async Task<AckResult?> AckAsync(FrameEnvelope frame, CancellationToken cancellationToken = default)
    {
        var subscription = Link.Subscriptions.All().FirstOrDefault(s => s.Channel == frame.Channel);
        return subscription is null ? null : await subscription.AckAsync(frame, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends every subscription and closes the connection.</summary>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        OnDispose();
        return Link.DisposeAsync();
    }

    private protected virtual void OnDispose()
    {
    }

    private protected void ListenTo(HubLink link)
    {
        link.StateChanged += (_, e) => StateChanged?.Invoke(this, e);
        link.ErrorOccurred += (_, e) => ErrorOccurred?.Invoke(this, e);
    }

    private protected Task<Subscription> SubscribeAsync(
        string method,
        SubscribeRequest request,
        Func<StreamItem, CancellationToken, ValueTask> handler,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return StartAsync(new Subscription(Link, method, request, handler), cancellationToken);
    }

    private protected async Task<Subscription> StartAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        Link.Subscriptions.Add(subscription);
        try
        {
            var session = await Link.ConnectedAsync(cancellationToken).ConfigureAwait(false);
            if (subscription.TryClaim(session))
            {
                await JoinAsync(subscription, session, cancellationToken).ConfigureAwait(false);
            }

            await subscription.Started.WaitAsync(cancellationToken).ConfigureAwait(false);
            return subscription;
        }
        catch
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private protected async IAsyncEnumerable<StreamItem> ReadAsync(
        string method,
        SubscribeRequest request,
        Action<Subscription>? onSubscribed,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<StreamItem>(new BoundedChannelOptions(_queueCapacity) { SingleReader = true });
        var subscription = await SubscribeAsync(method, request, queue.Writer.WriteAsync, cancellationToken).ConfigureAwait(false);
        await using var ending = subscription.ConfigureAwait(false);
        onSubscribed?.Invoke(subscription);
        await foreach (var item in queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return item;
            if (item.Kind is StreamItemKinds.End or StreamItemKinds.Error)
            {
                yield break;
            }
        }
    }

    private static async Task JoinAsync(Subscription subscription, HubSession session, CancellationToken cancellationToken)
    {
        try
        {
            ProtocolErrorException.ThrowIf(await subscription.JoinAsync(session, cancellationToken).ConfigureAwait(false));
        }
        catch (RealtimeConnectionException)
        {
            // The next session takes it up; the end of the link for good reaches it as well.
        }
    }
}
