using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth.Revocation;
using RealtimeHub.Server.Diagnostics;

namespace RealtimeHub.Server.Auth;

/// <summary>Finds out who is asking: the first scheme that finds its credential decides. Thread-safe.</summary>
internal sealed class CredentialResolver(
    IEnumerable<ICredentialScheme> schemes, RevocationList revocations, TimeProvider clock, ServerMetrics metrics, ILogger<CredentialResolver> logger)
{
    private readonly ICredentialScheme[] _schemes = [.. schemes];

    /// <summary>Who it is; or why not. A request without any credential is refused too.</summary>
    public async ValueTask<CredentialOutcome> ResolveAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var outcome = await FindAsync(context, cancellationToken);
        metrics.Authenticated(outcome.Identity?.Credential.Scheme ?? "none", outcome.Error?.Code ?? "accepted");
        if (outcome.Error is { } error && error != ErrorCodes.AuthRequired && error != ErrorCodes.AuthServiceUnavailable)
        {
            AuthLog.CredentialRefused(logger, outcome.Why!, context.Connection.RemoteIpAddress?.ToString());
        }

        return outcome;
    }

    /// <summary>Who a credential stands for that came by another way than a request: it goes the way of every other, in a request of its own.</summary>
    public ValueTask<CredentialOutcome> ResolveAsync(string path, string? apiKey, string? token, CancellationToken cancellationToken)
    {
        var presented = new DefaultHttpContext();
        presented.Request.Path = path;
        if (apiKey is not null)
        {
            presented.Request.Headers[CredentialRequest.ApiKeyHeader] = apiKey;
        }
        else
        {
            presented.Request.Headers.Authorization = $"Bearer {token}";
        }

        return ResolveAsync(presented, cancellationToken);
    }

    private async ValueTask<CredentialOutcome> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        foreach (var scheme in _schemes)
        {
            try
            {
                var outcome = await scheme.AuthenticateAsync(context, cancellationToken);
                if (!outcome.IsNone)
                {
                    return outcome.Identity is { } identity ? Confirm(identity) : outcome;
                }
            }
#pragma warning disable CA1031 // An identity store that fails, whatever the cause, refuses.
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                AuthLog.SchemeFailed(logger, exception, scheme.GetType().Name);
                return CredentialOutcome.Refused(ErrorCodes.AuthServiceUnavailable, "the identity store is away");
            }
        }

        return CredentialOutcome.Refused(ErrorCodes.AuthRequired, "no credential");
    }

    private CredentialOutcome Confirm(Identity identity) =>
        identity.Credential.ExpiresAt <= clock.GetUtcNow() && identity.Credential.Scheme != CredentialSchemes.Jwt
            ? CredentialOutcome.Refused(ErrorCodes.CredentialExpired, "a credential that has expired")
        : revocations.Covers(identity) ? CredentialOutcome.Refused(ErrorCodes.CredentialRevoked, "a credential that was revoked")
        : CredentialOutcome.Accepted(identity);
}
