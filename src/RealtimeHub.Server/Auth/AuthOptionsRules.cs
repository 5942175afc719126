using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Auth;

/// <summary>What one property of <see cref="AuthOptions"/> alone cannot say.</summary>
internal sealed class AuthOptionsRules(IHostEnvironment environment) : IValidateOptions<AuthOptions>
{
    private static readonly string DevelopmentKeyHash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("dev-key")));

    public ValidateOptionsResult Validate(string? name, AuthOptions options) =>
        Complaint(options) is { } complaint ? ValidateOptionsResult.Fail(complaint) : ValidateOptionsResult.Success;

    private string? Complaint(AuthOptions options) =>
        Credentials(options) ?? Principals(options) ?? options.Jwt.Select(Issuer).FirstOrDefault(c => c is not null) ?? Origins(options);

    private string? Credentials(AuthOptions options)
    {
        if (options.ApiKeys.Count + options.Tokens.Count + options.SigningKeys.Count + options.Jwt.Count == 0)
        {
            return "Auth:ApiKeys is empty, and no other credential is configured: nobody could connect. Configure at least one key (Id, Scopes, Sha256), "
                + "or start with ASPNETCORE_ENVIRONMENT=Development to use the development key.";
        }

        return !environment.IsDevelopment()
            && options.ApiKeys.Find(k => k.Sha256.Equals(DevelopmentKeyHash, StringComparison.OrdinalIgnoreCase)) is { } key
            ? $"Auth:ApiKeys '{key.Id}' is the documented development key; it is accepted in Development only."
            : null;
    }

    private static string? Principals(AuthOptions options)
    {
        (string List, IEnumerable<PrincipalOptions> Entries)[] lists =
            [("ApiKeys", options.ApiKeys), ("Tokens", options.Tokens), ("SigningKeys", options.SigningKeys)];
        foreach (var (list, entries) in lists)
        {
            if (entries.GroupBy(k => k.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            {
                return $"Auth:{list} has two entries with the Id '{twice.Key}'; ids are unique.";
            }

            if (entries.FirstOrDefault(k => k.Roles.Except(Roles.All).Any()) is { } unknown)
            {
                return $"Auth:{list} '{unknown.Id}' has the role '{unknown.Roles.Except(Roles.All).First()}'; there are {string.Join(", ", Roles.All)}.";
            }
        }

        return null;
    }

    private string? Issuer(JwtIssuerOptions issuer)
    {
        var sources = (issuer.JwksFile is null ? 0 : 1) + (issuer.JwksUrl is null ? 0 : 1) + (issuer.HmacSecret is null ? 0 : 1);
        return sources != 1 ? $"Auth:Jwt '{issuer.Issuer}' needs exactly one of JwksFile, JwksUrl and HmacSecret; it has {sources}."
            : issuer.HmacSecret is not null && !environment.IsDevelopment() && !environment.IsEnvironment("Testing")
                ? $"Auth:Jwt '{issuer.Issuer}' has an HmacSecret; shared secrets are for Development only. Use JwksFile or JwksUrl."
            : issuer.JwksUrl is { } url && !(url.IsAbsoluteUri && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback)))
                ? $"Auth:Jwt '{issuer.Issuer}' has the JwksUrl '{url}'; it must be https, or http on this machine."
            : null;
    }

    private static string? Origins(AuthOptions options) =>
        Array.Find(options.AllowedOrigins, o => !Origin.TryNormalise(o, out _)) is { } bad
            ? $"Auth:AllowedOrigins has '{bad}'; an origin is a scheme, a host and perhaps a port, such as https://app.example."
            : null;
}
