using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Liveness;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Engine.Plain;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Engine.Transport;

namespace RealtimeHub.Engine;

/// <summary>Registers the channel engine.</summary>
public static class ChannelEngineServiceCollectionExtensions
{
    /// <summary>Puts channels, cursors and pumps under all hubs of the application. Call it after <c>AddSignalR</c>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="families">The families of governed channels.</param>
    public static IServiceCollection AddChannelEngine(this IServiceCollection services, params IReadOnlyList<ChannelFamily> families)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<ChannelEngineOptions, ChannelEngineOptionsValidator>().BindConfiguration(ChannelEngineOptions.SectionName);
        services.AddOptionsWithValidateOnStart<AckOptions, AckOptionsValidator>().BindConfiguration(AckOptions.SectionName);
        foreach (var family in families)
        {
            services.AddSingleton(family);
        }

        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<EngineContext>();
        services.AddSingleton<HubConnections>();
        services.AddSingleton<ChannelDirectory>();
        services.AddSingleton<DeliveryGauges>();
        services.AddSingleton(NodeLogs.Family);
        services.AddSingleton<NodeLogs>();
        services.AddSingleton<NodeDirectory>();
        services.AddHostedService(provider => provider.GetRequiredService<NodeDirectory>());
        services.AddSingleton<ISharedState, SingleNode>();
        services.AddSingleton<IChannelStore, InMemoryChannelStore>();
        services.AddSingleton(provider => new SubscriptionService(
            provider.GetRequiredService<ChannelDirectory>(), provider.GetRequiredService<IChannelStore>(), provider.GetRequiredService<EngineContext>()));
        services.AddSingleton<StreamService>();
        services.AddSingleton(typeof(HubLifetimeManager<>), typeof(ChannelHubLifetimeManager<>));
        services.AddSingleton(typeof(HubConnectionHandler<>), typeof(DirectHubConnectionHandler<>));
        services.AddSingleton<FlushQueue>();
        services.AddSingleton<PlainConnections>();

        services.Configure<SocketTransportOptions>(transport => transport.MaxWriteBufferSize = SharedUpgradeStartupFilter.BufferBytes);
        services.AddTransient<IStartupFilter, SharedUpgradeStartupFilter>();
        services.AddSingleton<IHubProtocolResolver, GuardedHubProtocolResolver>();
        services.AddHostedService<LivenessService>();
        services.AddHostedService<AckExchange>();
        services.AddHostedService<RedeliveryService>();
        return services;
    }
}
