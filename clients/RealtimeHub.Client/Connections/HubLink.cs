using Microsoft.Extensions.Logging;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Workspace;

namespace RealtimeHub.Client.Connections;

/// <summary>The lasting connection to one hub: it opens sessions one after another and puts every subscription into each.</summary>
/// <remarks>Thread-safe. Events are raised one at a time, by the loop that supervises the connection or by who hands on a message.</remarks>
internal sealed partial class HubLink : IAsyncDisposable
{
    // A server that says "now" is not asked without a pause; a timer cannot wait for ever.
    private const long ShortestTermMs = 1_000;
    private const long LongestTermMs = 86_400_000;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _lifetime = new();
    private readonly RealtimeClientOptions _options;
    private readonly IReadOnlyList<string> _frameTargets;
    private readonly ILogger _logger;
    private readonly Backoff _backoff;

    private TaskCompletionSource<HubSession>? _current;
    private Task _supervising = Task.CompletedTask;
    private bool _isDisposed;

    /// <param name="options">Where and how to connect.</param>
    /// <param name="pathAndQuery">The hub's path, with a query if it needs one.</param>
    /// <param name="frameTargets">The names under which the hub pushes frames.</param>
    public HubLink(RealtimeClientOptions options, string pathAndQuery, params IReadOnlyList<string> frameTargets)
    {
        _options = options;
        _frameTargets = frameTargets;
        _logger = options.LoggerFactory.CreateLogger<HubLink>();
        _backoff = new Backoff(options);
        Uri = options.HubUri(pathAndQuery);
        Subscriptions = new SubscriptionTable(_logger, Report);
    }

    public event EventHandler<ConnectionStateChangedEventArgs>? StateChanged;

    public event EventHandler<ConnectionErrorEventArgs>? ErrorOccurred;

    /// <summary>Called with the presence of a channel, on hubs that have it.</summary>
    public Action<PresenceState>? PresenceStateReceived { get; set; }

    /// <summary>Called with changes of presence, on hubs that have it.</summary>
    public Action<PresenceDiff>? PresenceDiffReceived { get; set; }

    /// <summary>When the credential of the newest session ends, as far as the server has said.</summary>
    public DateTimeOffset? CredentialExpiresAt { get; private set; }

    public Uri Uri { get; }

    public TimeProvider Time => _options.TimeProvider;

    public SubscriptionTable Subscriptions { get; }

    public ConnectionState State { get; private set; }

    /// <summary>The open session; null while there is none.</summary>
    public HubSession? Session
    {
        get
        {
            lock (_gate)
            {
                return _current?.Task is { IsCompletedSuccessfully: true } open ? open.Result : null;
            }
        }
    }

    /// <summary>Waits for an open session; connects when nobody has yet, or when the last connection has ended for good.</summary>
    /// <exception cref="RealtimeConnectionException">The first attempt failed, or the connection has ended for good.</exception>
    public Task<HubSession> ConnectedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_current is null)
            {
                _current = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _supervising = Task.Run(SuperviseAsync, CancellationToken.None);
            }

            return _current.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Calls a hub method once there is a connection.</summary>
    public async Task<T> InvokeAsync<T>(string method, object?[] arguments, CancellationToken cancellationToken)
    {
        var session = await ConnectedAsync(cancellationToken).ConfigureAwait(false);
        return await session.InvokeAsync<T>(method, arguments, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells the listeners of something that no call can answer.</summary>
    public void Report(Exception error)
    {
        ClientLog.ConnectionFaulted(_logger, Uri, error);
        Raise(() => ErrorOccurred?.Invoke(this, new ConnectionErrorEventArgs(error)));
    }

    public async ValueTask DisposeAsync()
    {
        Task supervising;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            supervising = _supervising;
        }

        await _lifetime.CancelAsync().ConfigureAwait(false);
        await supervising.ConfigureAwait(false);
        _lifetime.Dispose();
    }

    private void Enter(ConnectionStateChangedEventArgs change)
    {
        State = change.State;
        ClientLog.ConnectionStateChanged(_logger, Uri, change.State);
        Raise(() => StateChanged?.Invoke(this, change));
    }

    private void Raise(Action raise)
    {
        try
        {
            raise();
        }
        catch (Exception e)
        {
            ClientLog.ListenerThrew(_logger, Uri, e);
        }
    }
}
