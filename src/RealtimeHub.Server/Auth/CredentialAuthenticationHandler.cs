using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Auth;

/// <summary>Asks the credential schemes and leaves the principal on the request. Refusals are problem details with a code.</summary>
internal sealed class CredentialAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IEnumerable<ICredentialScheme> schemes)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "RealtimeHub";

    private bool _isStoreAway;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        foreach (var scheme in schemes)
        {
            CredentialOutcome outcome;
            try
            {
                outcome = await scheme.AuthenticateAsync(Context, Context.RequestAborted);
            }
#pragma warning disable CA1031 // An identity store that fails, whatever the cause, refuses.
            catch (Exception exception) when (exception is not OperationCanceledException || !Context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
            {
                AuthLog.SchemeFailed(Logger, exception, scheme.GetType().Name);
                _isStoreAway = true;
                return AuthenticateResult.Fail("The identity store is away.");
            }

            if (outcome.Principal is { } principal)
            {
                Context.Features.Set<IPrincipalFeature>(new PrincipalFeature(principal));
                var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, principal.Id)], SchemeName);
                return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
            }

            if (!outcome.IsNone)
            {
                AuthLog.CredentialRefused(Logger, outcome.Refusal!, Context.Connection.RemoteIpAddress?.ToString());
                return AuthenticateResult.Fail(outcome.Refusal!);
            }
        }

        return AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => ProblemResults.WriteAsync(
        Context,
        _isStoreAway
            ? ErrorCodes.Unavailable.With("Credentials cannot be checked right now.")
            : ErrorCodes.Unauthorized.With("Send a known API key in the X-API-Key header, or as the SignalR access token."));

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ProblemResults.WriteAsync(Context, ErrorCodes.Forbidden.With("The credential lacks the scope for this."));
}
