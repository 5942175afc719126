using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Audit;
using RealtimeHub.Server.Limits;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Auth;

/// <summary>Leaves the identity on the request. Refusals are problem details with a code.</summary>
internal sealed class CredentialAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CredentialResolver resolver, AuditLog audit)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "RealtimeHub";

    private ErrorCode? _refusal;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var outcome = await resolver.ResolveAsync(Context, Context.RequestAborted);
        if (outcome.Identity is not { } identity)
        {
            _refusal = outcome.Error;
            Context.Features.Set(new CredentialRefusal(outcome.Error!));
            return outcome.Error == ErrorCodes.AuthRequired ? AuthenticateResult.NoResult() : AuthenticateResult.Fail(outcome.Why!);
        }

        Context.Features.Set<IPrincipalFeature>(new PrincipalFeature(identity));
        var claims = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, identity.Principal.Id)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(claims), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var refusal = _refusal ?? ErrorCodes.AuthRequired;
        audit.Write(new AuditEvent { Kind = "denied", Hub = Context.Request.Path, Address = ClientAddress.Of(Context), Code = refusal.Code });
        return ProblemResults.WriteAsync(
            Context,
            refusal == ErrorCodes.AuthRequired
                ? refusal.With("Send an API key in the X-API-Key header, a bearer token, a signature, a session cookie, or a ticket as the SignalR access token.")
                : refusal.With(refusal.Meaning));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ProblemResults.WriteAsync(Context, ErrorCodes.Forbidden.With("The credential lacks the scope for this."));
}
