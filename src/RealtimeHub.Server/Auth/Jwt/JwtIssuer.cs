using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Auth.Jwt;

/// <summary>Checks the tokens of one issuer. Thread-safe.</summary>
internal sealed class JwtIssuer(JwtIssuerOptions options, HttpClient http, TimeProvider clock) : IDisposable
{
    private static readonly HashSet<string> PublicKeyAlgorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly HashSet<string> SharedSecretAlgorithms = ["HS256", "HS384", "HS512"];

    // The library caches by key id for the whole process: a new key, or another issuer's, under an old id would be taken for the old one.
    private static readonly CryptoProviderFactory Uncached = new() { CacheSignatureProviders = false };

    private readonly JsonWebTokenHandler _handler = new();
    private readonly JwksKeys _keys = new(options, http, clock);

    public string Name => options.Issuer;

    /// <summary>Checks a token that names this issuer.</summary>
    public async ValueTask<CredentialOutcome> CheckAsync(string text, JsonWebToken token, CancellationToken cancellationToken)
    {
        // A public key must never be taken for a shared secret, whatever the token's header says.
        if (!(options.HmacSecret is null ? PublicKeyAlgorithms : SharedSecretAlgorithms).Contains(token.Alg))
        {
            return Invalid("a JWT with an algorithm that its issuer does not use");
        }

        var keys = await _keys.FindAsync(token.Kid is { Length: > 0 } id ? id : null, cancellationToken);
        var isExpired = false;
        var result = _handler.ValidateToken(text, new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            IssuerSigningKeys = keys,
            CryptoProviderFactory = Uncached,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires, out isExpired),
        });
        return result.IsValid ? Accept(token)
            : isExpired ? Expired()
            : Invalid($"a JWT that fails: {result.Exception?.GetType().Name}");
    }

    public void Dispose() => _keys.Dispose();

    private bool IsAlive(DateTime? notBefore, DateTime? expires, out bool isExpired)
    {
        var now = clock.GetUtcNow().UtcDateTime;

        // The library gives the earliest time there is for a claim that is missing.
        var hasEnd = expires > DateTime.MinValue;
        isExpired = hasEnd && expires <= now - options.ClockSkew;
        return hasEnd && !isExpired && !(notBefore > now + options.ClockSkew);
    }

    private CredentialOutcome Accept(JsonWebToken token)
    {
        if (string.IsNullOrEmpty(token.Subject) || token.Subject.Length > 200)
        {
            return Invalid("a JWT without a subject");
        }

        var principal = new Principal(
            token.Subject,
            Values(token, options.TeamClaim).FirstOrDefault(),
            [.. Values(token, options.RolesClaim).Where(Roles.All.Contains)],
            [.. Values(token, options.ScopeClaim).SelectMany(v => v.Split(' ', StringSplitOptions.RemoveEmptyEntries))],
            Values(token, options.RateClassClaim).FirstOrDefault() ?? "standard");
        var id = string.IsNullOrEmpty(token.Id) ? token.Subject : token.Id;
        var issued = token.IssuedAt == DateTime.MinValue ? (DateTimeOffset?)null : new DateTimeOffset(token.IssuedAt, TimeSpan.Zero);
        return CredentialOutcome.Accepted(
            principal, new Credential(CredentialSchemes.Jwt, $"{CredentialSchemes.Jwt}:{id}", new DateTimeOffset(token.ValidTo, TimeSpan.Zero), issued));
    }

    private static CredentialOutcome Expired() => CredentialOutcome.Refused(ErrorCodes.CredentialExpired, "a JWT that has expired");

    private static CredentialOutcome Invalid(string why) => CredentialOutcome.Refused(ErrorCodes.InvalidToken, why);

    private static IEnumerable<string> Values(JsonWebToken token, string type) => token.Claims.Where(c => c.Type == type).Select(c => c.Value);
}
