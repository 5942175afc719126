using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace RealtimeHub.Server.Auth;

/// <summary>API keys: <c>X-API-Key</c>, or as the SignalR access token (<c>Authorization: Bearer</c>; in hub URLs <c>access_token</c>).</summary>
/// <remarks>Thread-safe. Every key is compared, in constant time, whichever matches.</remarks>
internal sealed class ApiKeyScheme(IOptions<AuthOptions> options) : ICredentialScheme
{
    private const string HeaderName = "X-API-Key";
    private const string Bearer = "Bearer ";
    private const int MaxKeyLength = 512;

    private readonly (byte[] Hash, Principal Principal)[] _keys =
    [
        .. options.Value.ApiKeys.Select(k => (Convert.FromHexString(k.Sha256), new Principal(k.Id, k.Team, k.Roles, k.Scopes, k.RateClass))),
    ];

    public ValueTask<CredentialOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(context.Request) is { } key ? Check(key) : CredentialOutcome.None);

    private static string? Find(HttpRequest request)
    {
        if (request.Headers.TryGetValue(HeaderName, out var header))
        {
            return header.ToString();
        }

        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[Bearer.Length..].Trim();
        }

        return request.Path.StartsWithSegments("/hubs") && request.Query.TryGetValue("access_token", out var token) ? token.ToString() : null;
    }

    private CredentialOutcome Check(string key)
    {
        if (key.Length is 0 or > MaxKeyLength)
        {
            return CredentialOutcome.Refused("an API key of impossible length");
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        Principal? principal = null;
        foreach (var (known, holder) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
            {
                principal = holder;
            }
        }

        return principal is null ? CredentialOutcome.Refused("an unknown API key") : CredentialOutcome.Accepted(principal);
    }
}
