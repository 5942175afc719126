using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RealtimeHub.Redis.Channels;

namespace RealtimeHub.Redis;

/// <summary>Starts and stops what nodes share, where they share something.</summary>
internal sealed class RedisBackplaneService(IServiceProvider services, IOptions<RedisOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        options.Value.IsOn ? services.GetRequiredService<RedisChannelStore>().StartAsync(cancellationToken) : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        options.Value.IsOn ? services.GetRequiredService<RedisChannelStore>().StopAsync() : Task.CompletedTask;
}
