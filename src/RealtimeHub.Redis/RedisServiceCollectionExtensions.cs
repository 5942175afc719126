using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Redis.Channels;
using RealtimeHub.Redis.Links;

namespace RealtimeHub.Redis;

/// <summary>Registers what several nodes share.</summary>
public static class RedisServiceCollectionExtensions
{
    /// <summary>Puts Redis under the channels where <c>Redis:Endpoints</c> names a server; without one the server stays a single node. Call it after <c>AddChannelEngine</c>.</summary>
    public static IServiceCollection AddRedisBackplane(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RedisOptions, RedisOptionsValidator>().BindConfiguration(RedisOptions.SectionName);
        services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsRules>();
        services.AddSingleton<RedisMetrics>();
        services.AddSingleton<RedisLinks>();
        services.AddSingleton<RedisChannelStore>();
        services.AddSingleton<IChannelStore>(provider => provider.GetRequiredService<IOptions<RedisOptions>>().Value.IsOn
            ? provider.GetRequiredService<RedisChannelStore>()
            : ActivatorUtilities.CreateInstance<InMemoryChannelStore>(provider));
        services.AddSingleton<ISharedState>(provider => provider.GetRequiredService<IOptions<RedisOptions>>().Value.IsOn
            ? ActivatorUtilities.CreateInstance<RedisSharedState>(provider)
            : new SingleNode());
        services.AddSingleton<RedisHealth>();
        services.AddHostedService<RedisBackplaneService>();
        return services;
    }
}
