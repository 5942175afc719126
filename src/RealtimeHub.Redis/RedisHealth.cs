using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealtimeHub.Redis.Links;

namespace RealtimeHub.Redis;

/// <summary>How the shared servers stand, for readiness. Thread-safe.</summary>
public sealed class RedisHealth(IServiceProvider services, IOptions<RedisOptions> options)
{
    /// <summary>The servers that are away, without passwords.</summary>
    public IReadOnlyList<string> Away => [.. Links.Where(l => !l.IsUp).Select(l => l.Endpoint.Name)];

    /// <summary>The servers whose link was built anew as often as it may be, in vain.</summary>
    public IReadOnlyList<string> Failed => [.. Links.Where(l => l.HasFailed).Select(l => l.Endpoint.Name)];

    private IEnumerable<RedisLink> Links => options.Value.IsOn ? services.GetRequiredService<RedisLinks>().All : [];
}
