using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Audit;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Auth.Revocation;
using RealtimeHub.Server.Limits;

namespace RealtimeHub.Server.Connections;

/// <summary>Credentials of live connections: their expiry, their revocation and their refresh. Thread-safe.</summary>
internal sealed class LiveCredentials(
    LiveConnections connections, CredentialResolver resolver, RevocationList revocations, ChannelAuthorizer channels, AuditLog audit,
    IOptions<AuthOptions> auth, IOptions<LimitOptions> limits, TimeProvider clock, ILogger<LiveCredentials> logger)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        revocations.Refresh();
        _timer = clock.CreateTimer(static state => ((LiveCredentials)state!).Tick(), this, Interval, Interval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>Tells a new connection when its credential ends, if it does.</summary>
    public void TellTerm(LiveConnection connection)
    {
        if (connection.Principal.Identity.Credential.ExpiresAt is { } end)
        {
            connection.Context.Features.Tell(CredentialTerm.Of(end, clock.GetUtcNow()));
        }
    }

    /// <summary>Ends every connection of a credential now.</summary>
    public void EndAll(Func<Identity, bool> isMeant, string why)
    {
        foreach (var connection in connections.All)
        {
            if (isMeant(connection.Principal.Identity))
            {
                End(connection, CloseReasons.CredentialRevoked, why);
            }
        }
    }

    /// <summary>Puts a newer credential in the place of a connection's, and ends what it no longer allows.</summary>
    public async Task<RefreshCredentialResult> RefreshAsync(LiveConnection connection, RefreshCredentialRequest request, CancellationToken cancellationToken)
    {
        var error = await TryReplaceAsync(connection, request, cancellationToken);
        if (error is not null)
        {
            audit.Write(AuditEvent.Of("denied", connection) with { Method = "RefreshCredential", Code = error.Code });
            return new RefreshCredentialResult { Error = error };
        }

        var identity = connection.Principal.Identity;
        var ended = await SubscriptionService.RecheckAsync(
            connection.Context.Features, name => channels.AuthorizeAsync(identity.Principal, name, cancellationToken));
        audit.Write(AuditEvent.Of("credential_refreshed", connection) with { Reason = ended.Count == 0 ? null : $"ended: {string.Join(' ', ended)}" });
        var end = identity.Credential.ExpiresAt;
        return new RefreshCredentialResult { ExpiresAt = end, RefreshAfterMs = end is null ? null : CredentialTerm.Of(end.Value, clock.GetUtcNow()).RefreshAfterMs, Ended = ended.Count == 0 ? null : ended };
    }

    /// <summary>Asks anew, for every connection that reads a channel, whether it still may.</summary>
    public async Task RecheckAsync(ChannelName channel, CancellationToken cancellationToken)
    {
        foreach (var connection in connections.All)
        {
            var principal = connection.Principal.Principal;
            await SubscriptionService.RecheckAsync(
                connection.Context.Features,
                name => name == channel ? channels.AuthorizeAsync(principal, name, cancellationToken) : ValueTask.FromResult<ProtocolError?>(null));
        }
    }

    private async Task<ProtocolError?> TryReplaceAsync(LiveConnection connection, RefreshCredentialRequest request, CancellationToken cancellationToken)
    {
        if ((request.AccessToken is null) == (request.ApiKey is null))
        {
            return ErrorCodes.InvalidRequest.With("Give exactly one of access_token and api_key.", new FieldError("access_token", "Exactly one credential is needed."));
        }

        var outcome = await resolver.ResolveAsync(connection.Hub, request.ApiKey, request.AccessToken, cancellationToken);
        if (outcome.Identity is not { } identity)
        {
            return outcome.Error!.With(outcome.Error.Meaning);
        }

        if (identity.Principal.Id != connection.Principal.Principal.Id)
        {
            return ErrorCodes.PrincipalMismatch.With(ErrorCodes.PrincipalMismatch.Meaning);
        }

        connection.Principal.Identity = identity;
        connection.Refreshed();
        return null;
    }

    private void Tick()
    {
        try
        {
            revocations.Refresh();
            var now = clock.GetUtcNow();
            foreach (var connection in connections.All)
            {
                Check(connection, now);
            }
        }
#pragma warning disable CA1031 // A timer has nobody to throw to.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ConnectionLog.CredentialCheckFailed(logger, exception);
        }
    }

    private void Check(LiveConnection connection, DateTimeOffset now)
    {
        var identity = connection.Principal.Identity;
        if (revocations.Covers(identity))
        {
            End(connection, CloseReasons.CredentialRevoked, "revoked");
        }
        else if (identity.Credential.ExpiresAt is { } expires && expires <= now)
        {
            Expire(connection, now - expires);
        }
        else if (now - connection.OpenedAt >= limits.Value.MaxSessionLength)
        {
            connection.Context.Features.TryClose(CloseReasons.SessionTooLong, $"The connection has lived for {limits.Value.MaxSessionLength}.", isPatient: true);
        }
    }

    private void Expire(LiveConnection connection, TimeSpan since)
    {
        var left = auth.Value.ExpiryGrace - since;
        if (left <= TimeSpan.Zero)
        {
            End(connection, CloseReasons.CredentialExpired, "expired");
        }
        else if (connection.Traffic.HasShakenHands && connection.TryTellExpiry())
        {
            var error = ErrorCodes.CredentialExpired.With("The credential has expired; call RefreshCredential before the connection is closed.");
            connection.Context.Features.Tell(new ErrorNotice(null, error with { RetryAfterMs = (long)left.TotalMilliseconds }));
        }
    }

    private void End(LiveConnection connection, CloseReason reason, string why)
    {
        ConnectionLog.CredentialEnded(logger, connection.ConnectionId, connection.Principal.Principal.Id, why);
        if (!connection.Context.Features.TryClose(reason, reason.Meaning))
        {
            connection.Context.Abort();
        }
    }
}
