using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Auth.Sessions;

namespace RealtimeHub.Server.Auth.Schemes;

/// <summary>Session cookies. Thread-safe. Asked last: whoever sends another credential means that.</summary>
internal sealed class SessionScheme(ISessionStore sessions, IOptions<AuthOptions> options, TimeProvider clock) : ICredentialScheme
{
    private const int MaxLength = 512;

    private readonly string _cookie = options.Value.Session.CookieName;

    public async ValueTask<CredentialOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (CredentialRequest.SessionOf(context.Request, _cookie) is not { } id)
        {
            return CredentialOutcome.None;
        }

        if (id.Length is 0 or > MaxLength)
        {
            return CredentialOutcome.Refused(ErrorCodes.InvalidSession, "a session id of impossible length");
        }

        var hash = SecretText.Hash(id);
        if (await sessions.FindAsync(hash, cancellationToken) is not { } session)
        {
            return CredentialOutcome.Refused(ErrorCodes.InvalidSession, "an unknown session");
        }

        if (!UtcTimestampConverter.TryParse(session.ExpiresAt, out var expires) || expires <= clock.GetUtcNow())
        {
            return CredentialOutcome.Refused(ErrorCodes.SessionExpired, "a session that has expired");
        }

        return CredentialOutcome.Accepted(
            session.Principal, new Credential(CredentialSchemes.Session, $"{CredentialSchemes.Session}:{hash}", expires, session.BegunAt, session.CredentialId));
    }
}
