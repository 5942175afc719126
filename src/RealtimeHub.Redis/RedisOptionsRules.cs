using Microsoft.Extensions.Options;
using RealtimeHub.Redis.Links;

namespace RealtimeHub.Redis;

/// <summary>What one property of <see cref="RedisOptions"/> alone cannot say.</summary>
internal sealed class RedisOptionsRules : IValidateOptions<RedisOptions>
{
    private const string NoUsers =
        "StackExchange.Redis 1.2.6, the client library, sends a password alone and no user name. Give the default user the rights, and its password here.";

    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        if (!string.IsNullOrEmpty(options.User))
        {
            return ValidateOptionsResult.Fail($"Redis:User is '{options.User}', but named users cannot be used: {NoUsers}");
        }

        var failures = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < options.Endpoints.Count; i++)
        {
            // The text may hold a password, and is not repeated.
            if (!RedisEndpoint.TryParse(options.Endpoints[i], options, out var endpoint, out var problem))
            {
                failures.Add($"Redis:Endpoints:{i} {problem}");
            }
            else if (endpoint.User is not null)
            {
                failures.Add($"Redis:Endpoints:{i} names the user '{endpoint.User}', but named users cannot be used: {NoUsers}");
            }
            else if (!seen.Add(endpoint.Name))
            {
                failures.Add($"Redis:Endpoints:{i} is {endpoint.Name}, which is there already; each server counts once.");
            }
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
