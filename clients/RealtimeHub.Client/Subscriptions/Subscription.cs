using RealtimeHub.Client.Accounting;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Status;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Client.Subscriptions;

/// <summary>One subscription, over all connections of its lifetime: after a reconnect it goes on from <see cref="Position"/>.</summary>
/// <remarks>Thread-safe. Its handler is called for one item at a time, in order, and may use the client, the subscription included.</remarks>
public sealed partial class Subscription : IAsyncDisposable
{
    internal static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ProtocolError?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OffsetRanges _acknowledged = [];
    private readonly Func<StreamItem, CancellationToken, ValueTask> _handler;
    private readonly HubLink _link;
    private readonly Func<HubSession, SubscribeRequest, CancellationToken, Task<SubscribeResult>> _ask;
    private readonly bool _isOfTheNewest;

    private SubscribeRequest _request;
    private HubSession? _claimed;
    private HubSession? _joined;
    private Subscribed? _latest;
    private Subscribed? _unshown;
    private string? _acknowledgedEpoch;
    private string? _owedEpoch;

    internal Subscription(
        HubLink link, string method, SubscribeRequest request, Func<StreamItem, CancellationToken, ValueTask> handler)
        : this(link, (session, current, cancellationToken) => session.InvokeAsync<SubscribeResult>(method, [current], cancellationToken), request, handler)
    {
    }

    /// <param name="link">The connection.</param>
    /// <param name="ask">Asks a session for it; the start may be in the answer, or pushed.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="handler">Called for one item at a time.</param>
    /// <param name="isOfTheNewest">Whether only the newest frame counts, so that a reconnect does not ask for those before.</param>
    internal Subscription(
        HubLink link,
        Func<HubSession, SubscribeRequest, CancellationToken, Task<SubscribeResult>> ask,
        SubscribeRequest request,
        Func<StreamItem, CancellationToken, ValueTask> handler,
        bool isOfTheNewest = false)
    {
        _link = link;
        _ask = ask;
        _isOfTheNewest = isOfTheNewest;
        _request = request;
        _handler = handler;
        Id = request.Id ?? throw new ArgumentException("The request needs an id.", nameof(request));
    }

    /// <summary>The id that the subscription has on the wire, the same on every connection.</summary>
    public string Id { get; }

    /// <summary>The channel that its frames carry.</summary>
    public string? Channel => Latest?.Channel;

    /// <summary>The books: what came, was withheld, was lost, or is still open.</summary>
    public Coverage Coverage { get; } = new();

    /// <summary>The end of the contiguous offsets that came or were announced; a reconnect resumes here.</summary>
    public StreamPosition? Position => Coverage.AccountedUpTo;

    /// <summary>What the server last granted: start, patterns, policy, consumer. Null before the subscription has started.</summary>
    public Subscribed? Latest
    {
        get
        {
            lock (_gate)
            {
                return _latest;
            }
        }
    }

    /// <summary>Completes when the subscription has ended: with null when it was unsubscribed or its channel completed, else with the reason.</summary>
    public Task<ProtocolError?> Completion => _completion.Task;

    internal Task Started => _started.Task;

    internal bool HasStarted => _started.Task.IsCompletedSuccessfully;

    /// <summary>Sets the subscription back: what came after the position is delivered again, and what is new to the books is shown.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public async Task ResyncAsync(StreamPosition from, CancellationToken cancellationToken = default)
    {
        var result = await _link
            .InvokeAsync<SubscribeResult>(nameof(IRealtimeHub.Resync), [new ResyncRequest { Id = Id, From = from }], cancellationToken)
            .ConfigureAwait(false);
        ProtocolErrorException.ThrowIf(result.Error);
    }

    /// <summary>Ends the subscription. Its handler may be at work on a last item when this returns.</summary>
    public async Task UnsubscribeAsync(CancellationToken cancellationToken = default)
    {
        if (!_link.Subscriptions.Remove(this))
        {
            return;
        }

        Complete(null);
        if (_link.Session is { } session)
        {
            try
            {
                await session
                    .InvokeAsync<UnsubscribeResult>(
                        nameof(IRealtimeHub.Unsubscribe), [new UnsubscribeRequest { Id = Id }], cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (RealtimeConnectionException)
            {
                // The subscription has ended with the connection, and the next one does not take it up.
            }
        }
    }

    /// <summary>Ends the subscription; gives the server two seconds to answer.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(DisposeLimit, _link.Time);
        try
        {
            await UnsubscribeAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The connection is dead or as good as dead; the subscription ends with it.
        }
    }

    /// <summary>Whether the caller is the one to put it into this session; true once per session.</summary>
    internal bool TryClaim(HubSession session)
    {
        lock (_gate)
        {
            return _claimed != (_claimed = session);
        }
    }

    /// <summary>The same for one that was in a session before.</summary>
    internal bool TryReclaim(HubSession session)
    {
        lock (_gate)
        {
            return _claimed is not null && _claimed != (_claimed = session);
        }
    }

    /// <summary>Puts it into a session, after the last position if it has one, and returns the server's refusal, if it refuses.</summary>
    internal async Task<ProtocolError?> JoinAsync(HubSession session, CancellationToken cancellationToken)
    {
        var result = await _ask(session, CurrentRequest(), cancellationToken).ConfigureAwait(false);
        if (result.Subscription is { } subscribed)
        {
            lock (_gate)
            {
                if (_joined != session)
                {
                    Join(session, subscribed);
                    _unshown = subscribed;
                }
            }
        }

        if (result.Subscription is not null && OwedFrom() is { } from)
        {
            result = await session
                .InvokeAsync<SubscribeResult>(nameof(IRealtimeHub.Resync), [new ResyncRequest { Id = Id, From = from }], cancellationToken)
                .ConfigureAwait(false);
        }

        return result.Error;
    }

    /// <summary>Replaces what it asks for after the next reconnect.</summary>
    internal void Revise(Func<SubscribeRequest, SubscribeRequest> revise)
    {
        lock (_gate)
        {
            _request = revise(_request);
        }
    }

    private SubscribeRequest CurrentRequest()
    {
        lock (_gate)
        {
            return (OwedFrom() ?? Position) is { } position ? _request with { From = position, Last = null, Since = null } : _request;
        }
    }

    // The history that began anew is news from its first frame on, not only from where the server went live.
    private StreamPosition? OwedFrom()
    {
        lock (_gate)
        {
            return _owedEpoch is { } epoch ? new StreamPosition(epoch, 0) : null;
        }
    }

    // Called with the gate held; the lock of the coverage and of the table are taken inside it, never the other way round.
    private void Join(HubSession session, Subscribed subscribed)
    {
        if (_isOfTheNewest && _joined is not null && _joined != session)
        {
            Coverage.Supersede(subscribed.Epoch, subscribed.Sequence);
        }

        _joined = session;
        _latest = subscribed;
        var isNews = subscribed is { Reason: RecoveryReasons.EpochChanged, Sequence: > 0 } && !_isOfTheNewest && _request is not SubscribeSystemRequest;
        _owedEpoch = isNews ? subscribed.Epoch : null;
        Coverage.Book(subscribed);
        _link.Subscriptions.Map(this, subscribed.Channel);
        _started.TrySetResult();
    }

    private void Complete(ProtocolError? error)
    {
        _completion.TrySetResult(error);
        _ended.Cancel();
    }
}
