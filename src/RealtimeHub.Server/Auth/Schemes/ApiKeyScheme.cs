using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Auth.Schemes;

/// <summary>API keys: <c>X-API-Key</c>, bearer, or in hub URLs <c>api_key</c> and <c>access_token</c>. Thread-safe.</summary>
internal sealed class ApiKeyScheme(IOptions<AuthOptions> options) : ICredentialScheme
{
    private readonly HashedSecrets _keys = new(CredentialSchemes.ApiKey, options.Value.ApiKeys);
    private readonly QueryFormsOptions _query = options.Value.Query;

    public ValueTask<CredentialOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(context) is { } key ? Check(key) : CredentialOutcome.None);

    /// <summary>Whose key it is; null if nobody's.</summary>
    public Identity? Find(string key) => _keys.Find(key);

    private string? Find(HttpContext context) =>
        context.Request.Headers.TryGetValue(CredentialRequest.ApiKeyHeader, out var header) ? header.ToString()
        : CredentialRequest.BearerOf(context.Request)
            ?? (_query.ApiKey ? CredentialRequest.QueryOf(context, "api_key") : null)
            ?? (_query.AccessToken ? CredentialRequest.QueryOf(context, "access_token") : null)
            ?? CredentialRequest.SubprotocolKeyOf(context);

    private CredentialOutcome Check(string key) => _keys.Find(key) is { } identity
        ? CredentialOutcome.Accepted(identity)
        : CredentialOutcome.Refused(ErrorCodes.InvalidApiKey, "an unknown API key");
}
