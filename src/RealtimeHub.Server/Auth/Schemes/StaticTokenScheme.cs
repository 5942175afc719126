using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Auth.Schemes;

/// <summary>Static tokens: bearer, or in hub URLs <c>token</c> and <c>access_token</c>. Thread-safe.</summary>
/// <remarks>A bearer that is none of its tokens may be an API key, so it is left to that scheme.</remarks>
internal sealed class StaticTokenScheme(IOptions<AuthOptions> options) : ICredentialScheme
{
    private readonly HashedSecrets _tokens = new(CredentialSchemes.Token, options.Value.Tokens);
    private readonly QueryFormsOptions _query = options.Value.Query;

    public ValueTask<CredentialOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Authenticate(context));

    private CredentialOutcome Authenticate(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(CredentialRequest.ApiKeyHeader))
        {
            return CredentialOutcome.None;
        }

        var bearer = CredentialRequest.BearerOf(context.Request) ?? (_query.AccessToken ? CredentialRequest.QueryOf(context, "access_token") : null);
        if (bearer is not null)
        {
            return _tokens.Find(bearer) is { } holder ? CredentialOutcome.Accepted(holder) : CredentialOutcome.None;
        }

        var token = _query.Token ? CredentialRequest.QueryOf(context, "token") : null;
        return token is null ? CredentialOutcome.None
            : _tokens.Find(token) is { } identity ? CredentialOutcome.Accepted(identity)
            : CredentialOutcome.Refused(ErrorCodes.InvalidToken, "an unknown static token");
    }
}
