using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Client.Transport;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Workspace;

namespace RealtimeHub.Client.Connections;

/// <summary>One connection to a hub, from its opening to its end. It is never opened again; the link makes a new one.</summary>
/// <remarks>Thread-safe. Everything that the server pushes is handed on in order, one message at a time.</remarks>
internal sealed class HubSession : IAsyncDisposable
{
    private const int WindowSize = 64;

    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReceiveWindow _window = new(WindowSize);
    private readonly Func<HubSession, object, ValueTask> _onPushed;
    private readonly PacedHubProtocol _protocol;
    private readonly HubConnection _hub;
    private readonly Uri _uri;
    private readonly long _openedAt;
    private readonly TimeProvider _time;

    private HubSession(Uri uri, RealtimeClientOptions options, IReadOnlyList<string> frameTargets, Func<HubSession, object, ValueTask> onPushed)
    {
        _uri = uri;
        _onPushed = onPushed;
        _time = options.TimeProvider;
        _openedAt = _time.GetTimestamp();
        _protocol = new PacedHubProtocol(options.Encoding, _window);
        _hub = new HubConnection(
            new WebSocketConnectionFactory(options, _window),
            _protocol,
            new UriEndPoint(uri),
            new ServiceCollection().BuildServiceProvider(),
            options.LoggerFactory)
        {
            KeepAliveInterval = options.KeepAliveInterval,
            // The transport watches for silence: unlike the hub connection it knows when it has stopped reading by itself.
            ServerTimeout = TimeSpan.FromDays(1),
        };
        _hub.Closed += OnClosed;
        foreach (var target in frameTargets)
        {
            On<FrameEnvelope>(target);
        }

        On<Heartbeat>(nameof(IRealtimeClient.Heartbeat));
        On<Subscribed>(nameof(IRealtimeClient.Subscribed));
        On<Unsubscribed>(nameof(IRealtimeClient.Unsubscribed));
        On<Gap>(nameof(IRealtimeClient.Gap));
        On<Skipped>(nameof(IRealtimeClient.Skipped));
        On<Degraded>(nameof(IRealtimeClient.Degraded));
        On<Restored>(nameof(IRealtimeClient.Restored));
        On<ErrorNotice>(nameof(IRealtimeClient.Error));
        On<CredentialTerm>(nameof(IRealtimeClient.CredentialTerm));
        On<Control>(nameof(IRealtimeClient.Control));
        On<PresenceState>(nameof(IWorkspaceClient.PresenceState));
        On<PresenceDiff>(nameof(IWorkspaceClient.PresenceDiff));
    }

    /// <summary>Completes when the connection has closed, with the cause if there was one.</summary>
    public Task<Exception?> Closed => _closed.Task;

    /// <summary>The server's last word, if it had one; final once the session has closed.</summary>
    public Control? Control => _protocol.Control;

    /// <summary>How long the connection has held.</summary>
    public TimeSpan Held => _time.GetElapsedTime(_openedAt);

    /// <summary>Connects.</summary>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached or refuses.</exception>
    public static async Task<HubSession> OpenAsync(
        Uri uri,
        RealtimeClientOptions options,
        IReadOnlyList<string> frameTargets,
        Func<HubSession, object, ValueTask> onPushed,
        CancellationToken cancellationToken)
    {
        var session = new HubSession(uri, options, frameTargets, onPushed);
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await session._hub.StartAsync(either.Token).ConfigureAwait(false);
            return session;
        }
        catch (Exception e)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw e as RealtimeConnectionException ?? RealtimeConnectionException.NotOpened(uri, null, e);
        }
    }

    /// <summary>Calls a hub method.</summary>
    /// <exception cref="RealtimeConnectionException">The connection broke before the answer came; the call may or may not have had its effect.</exception>
    public async Task<T> InvokeAsync<T>(string method, object?[] arguments, CancellationToken cancellationToken)
    {
        _window.BeginCall();
        try
        {
            return await _hub.InvokeCoreAsync<T>(method, arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not HubException && !cancellationToken.IsCancellationRequested)
        {
            throw Control is { Reconnect: false } control
                ? RealtimeConnectionException.Ended(_uri, control)
                : RealtimeConnectionException.Broken(_uri, e);
        }
        finally
        {
            _window.EndCall();
        }
    }

    /// <summary>Calls a streaming hub method. Tell <see cref="ItemTaken"/> of every item; use the session for nothing else.</summary>
    public IAsyncEnumerable<T> StreamAsync<T>(string method, object argument, CancellationToken cancellationToken) =>
        _hub.StreamAsyncCore<T>(method, [argument], cancellationToken);

    /// <summary>An item of a stream was taken: the connection may read on.</summary>
    public void ItemTaken() => _window.Leave();

    /// <summary>Completes once everything that was read before the close has been handed on.</summary>
    public Task DrainAsync(CancellationToken cancellationToken) => _window.DrainAsync(cancellationToken);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private Task OnClosed(Exception? error)
    {
        _closed.TrySetResult(error);
        return Task.CompletedTask;
    }

    private void On<T>(string target)
        where T : class =>
        _hub.On(
            target,
            [typeof(T)],
            static async (arguments, state) =>
            {
                var session = (HubSession)state;
                try
                {
                    await session._onPushed(session, arguments[0]!).ConfigureAwait(false);
                }
                finally
                {
                    session._window.Leave();
                }
            },
            this);
}
