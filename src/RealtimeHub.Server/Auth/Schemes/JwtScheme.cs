using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth.Jwt;

namespace RealtimeHub.Server.Auth.Schemes;

/// <summary>JSON Web Tokens: bearer, or in hub URLs <c>access_token</c>. Thread-safe.</summary>
internal sealed class JwtScheme : ICredentialScheme, IDisposable
{
    private const int MaxLength = 8_192;

    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = FetchTimeout, MaxResponseContentBufferSize = 1 << 20 };
    private readonly Dictionary<string, JwtIssuer> _issuers;
    private readonly bool _isQueryAllowed;

    public JwtScheme(IOptions<AuthOptions> options, TimeProvider clock)
    {
        _issuers = options.Value.Jwt.ToDictionary(i => i.Issuer, i => new JwtIssuer(i, _http, clock), StringComparer.Ordinal);
        _isQueryAllowed = options.Value.Query.AccessToken;
    }

    public async ValueTask<CredentialOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var text = CredentialRequest.BearerOf(context.Request)
            ?? (_isQueryAllowed ? CredentialRequest.QueryOf(context, "access_token") ?? PlainTokenOf(context) : null);
        if (_issuers.Count == 0 || text is null || !LooksLikeJwt(text) || context.Request.Headers.ContainsKey(CredentialRequest.ApiKeyHeader))
        {
            return CredentialOutcome.None;
        }

        return text.Length <= MaxLength && Parse(text) is { } token && _issuers.TryGetValue(token.Issuer ?? "", out var issuer)
            ? await issuer.CheckAsync(text, token, cancellationToken)
            : CredentialOutcome.Refused(ErrorCodes.InvalidToken, "a JWT that cannot be read, or of an unknown issuer");
    }

    public void Dispose()
    {
        foreach (var issuer in _issuers.Values)
        {
            issuer.Dispose();
        }

        _http.Dispose();
    }

    // Clients of plain routes put theirs where others put static tokens.
    private static string? PlainTokenOf(HttpContext context) => CredentialRequest.IsPlain(context.Request) ? CredentialRequest.QueryOf(context, "token") : null;

    // "eyJ" is how every JSON object begins in base64.
    private static bool LooksLikeJwt(string text) => text.StartsWith("eyJ", StringComparison.Ordinal) && text.Count(c => c == '.') >= 2;

    private static JsonWebToken? Parse(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
#pragma warning disable CA1031 // The library throws whatever its JSON reader throws; whatever it is, the token is not one.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
