using RealtimeHub.Client.Credentials;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Workspace;

namespace RealtimeHub.Client.Connections;

internal sealed partial class HubLink
{
    // One run from the first attempt until the connection rests or ends. A later call for a session starts another run.
    private async Task SuperviseAsync()
    {
        try
        {
            await RunAsync().ConfigureAwait(false);
            Enter(new ConnectionStateChangedEventArgs(ConnectionState.Idle));
        }
        catch (OperationCanceledException) when (_lifetime.IsCancellationRequested)
        {
            End(null);
        }
        catch (Exception e)
        {
            End(e as RealtimeConnectionException ?? RealtimeConnectionException.Broken(Uri, e));
        }
    }

    private async Task RunAsync()
    {
        var session = await OpenAsync().ConfigureAwait(false);
        while (true)
        {
            Exception? cause;
            await using (session.ConfigureAwait(false))
            {
                Publish(session);
                cause = await session.Closed.WaitAsync(_lifetime.Token).ConfigureAwait(false);
                var rests = Withdraw(mayRest: session.Control?.Code == CloseReasons.Idle.Code);
                _backoff.ResetIfHealthy(session.Held);
                if (session.Control is { Reconnect: false } control)
                {
                    await session.DrainAsync(_lifetime.Token).ConfigureAwait(false);
                    throw RealtimeConnectionException.Ended(Uri, control);
                }

                if (rests)
                {
                    return;
                }
            }

            session = await ReopenAsync(session, cause).ConfigureAwait(false);
        }
    }

    private async Task<HubSession> OpenAsync()
    {
        Enter(new ConnectionStateChangedEventArgs(ConnectionState.Connecting));
        var session = await HubSession
            .OpenAsync(Uri, _options, _frameTargets, HandleAsync, _lifetime.Token)
            .ConfigureAwait(false);
        try
        {
            Subscriptions.Activate(session);
            await Subscriptions.ResumeAsync(session, _lifetime.Token).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // What concerns the connection as a whole is handled here; the rest is the subscriptions'.
    private ValueTask HandleAsync(HubSession session, object pushed)
    {
        switch (pushed)
        {
            case PresenceState state:
                Raise(() => PresenceStateReceived?.Invoke(state));
                return ValueTask.CompletedTask;
            case PresenceDiff diff:
                Raise(() => PresenceDiffReceived?.Invoke(diff));
                return ValueTask.CompletedTask;
            case CredentialTerm term:
                if (_options.Credential is { } renewable)
                {
                    _ = KeepFreshAsync(session, renewable, term.RefreshAfterMs);
                }

                CredentialExpiresAt = term.ExpiresAt;
                return ValueTask.CompletedTask;
            case ErrorNotice { Error.Code: "CREDENTIAL_EXPIRED" } when _options.Credential is { } credential:
                _ = RefreshAsync(session, credential);
                return Subscriptions.DispatchAsync(session, pushed);
            default:
                return Subscriptions.DispatchAsync(session, pushed);
        }
    }

    // Refreshes ahead of the end, again and again, for as long as the session lives and there is a newer credential to be had.
    private async Task KeepFreshAsync(HubSession session, RealtimeCredential credential, long refreshAfterMs)
    {
        long? wait = refreshAfterMs;
        while (wait is { } ms)
        {
            var due = Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(ms, ShortestTermMs, LongestTermMs)), _options.TimeProvider, _lifetime.Token);
            if (await Task.WhenAny(due, session.Closed).ConfigureAwait(false) != due || due.IsCanceled)
            {
                return;
            }

            wait = await RefreshAsync(session, credential).ConfigureAwait(false);
        }
    }

    // Not awaited by the reading of messages, which has to bring the answer. If it fails, the server closes, and the next connection brings a new credential.
    private async Task<long?> RefreshAsync(HubSession session, RealtimeCredential credential)
    {
        try
        {
            if (await credential.RefreshAsync(_lifetime.Token).ConfigureAwait(false) is not { } token)
            {
                return null;
            }

            var result = await session
                .InvokeAsync<RefreshCredentialResult>(
                    nameof(IRealtimeHub.RefreshCredential), [new RefreshCredentialRequest { AccessToken = token }], _lifetime.Token)
                .ConfigureAwait(false);
            ProtocolErrorException.ThrowIf(result.Error);
            CredentialExpiresAt = result.ExpiresAt;
            return result.RefreshAfterMs;
        }
        catch (Exception e) when (!_lifetime.IsCancellationRequested)
        {
            Report(e);
        }
        catch (OperationCanceledException)
        {
            // The link is being disposed.
        }

        return null;
    }

    private async Task<HubSession> ReopenAsync(HubSession lost, Exception? cause)
    {
        var given = lost.Control?.RetryAfterMs;
        while (true)
        {
            var delay = given is { } ms ? _backoff.Next(TimeSpan.FromMilliseconds(ms)) : _backoff.Next();
            var waiting = Task.Delay(delay, _options.TimeProvider, _lifetime.Token);
            Enter(new ConnectionStateChangedEventArgs(ConnectionState.Reconnecting)
            {
                Attempt = _backoff.Attempts,
                Delay = delay,
                Error = cause,
                Control = lost.Control,
            });
            await waiting.ConfigureAwait(false);
            try
            {
                return await OpenAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (!_lifetime.IsCancellationRequested && e is not RealtimeConnectionException { IsFinal: true })
            {
                Report(e);
                cause = e;
                given = (e as ProtocolErrorException)?.Error.RetryAfterMs;
            }
        }
    }

    private void Publish(HubSession session)
    {
        lock (_gate)
        {
            _current!.SetResult(session);
        }

        Enter(new ConnectionStateChangedEventArgs(ConnectionState.Connected));
    }

    // True when nobody needs the connection: the next call opens it again.
    private bool Withdraw(bool mayRest)
    {
        lock (_gate)
        {
            var rests = mayRest && Subscriptions.All().Count == 0;
            _current = rests ? null : new(TaskCreationOptions.RunContinuationsAsynchronously);
            return rests;
        }
    }

    private void End(RealtimeConnectionException? cause)
    {
        var subscriptions = Subscriptions.TakeAll();
        TaskCompletionSource<HubSession>? current;
        lock (_gate)
        {
            (current, _current) = (_current, null);
        }

        if (cause is not null)
        {
            current?.TrySetException(cause);
            _ = current?.Task.Exception;
        }
        else
        {
            current?.TrySetException(new ObjectDisposedException(nameof(RealtimeClient)));
            _ = current?.Task.Exception;
        }

        Enter(new ConnectionStateChangedEventArgs(ConnectionState.Disconnected) { Error = cause, Control = cause?.Control });
        if (cause is not null)
        {
            Report(cause);
        }

        foreach (var subscription in subscriptions)
        {
            // Not awaited: it may run the application's handler, and that may be what disposes the link.
            _ = subscription.EndAsync(cause is null ? null : ErrorOf(cause), cause);
        }
    }

    private static ProtocolError ErrorOf(RealtimeConnectionException cause) => cause switch
    {
        { Control: { } control } => new ProtocolError { Code = control.Code, Message = control.Reason },
        { StatusCode: System.Net.HttpStatusCode.Unauthorized } => ErrorCodes.Unauthorized.With(cause.Message),
        { StatusCode: System.Net.HttpStatusCode.Forbidden } => ErrorCodes.Forbidden.With(cause.Message),
        _ => ErrorCodes.Unavailable.With(cause.Message),
    };
}
