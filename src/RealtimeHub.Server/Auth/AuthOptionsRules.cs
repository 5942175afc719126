using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Auth;

/// <summary>What one property of <see cref="AuthOptions"/> alone cannot say.</summary>
internal sealed class AuthOptionsRules(IHostEnvironment environment) : IValidateOptions<AuthOptions>
{
    private static readonly string DevelopmentKeyHash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("dev-key")));

    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        if (options.ApiKeys.Count == 0)
        {
            return ValidateOptionsResult.Fail(
                "Auth:ApiKeys is empty: nobody could connect. Configure at least one key (Id, Scopes, Sha256), "
                + "or start with ASPNETCORE_ENVIRONMENT=Development to use the development key.");
        }

        if (options.ApiKeys.GroupBy(k => k.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return ValidateOptionsResult.Fail($"Auth:ApiKeys has two keys with the Id '{twice.Key}'; ids are unique.");
        }

        if (!environment.IsDevelopment() && options.ApiKeys.Find(k => k.Sha256.Equals(DevelopmentKeyHash, StringComparison.OrdinalIgnoreCase)) is { } key)
        {
            return ValidateOptionsResult.Fail($"Auth:ApiKeys '{key.Id}' is the documented development key; it is accepted in Development only.");
        }

        return ValidateOptionsResult.Success;
    }
}
