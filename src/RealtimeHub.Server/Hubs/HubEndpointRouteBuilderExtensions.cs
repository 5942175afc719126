using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Server.Hubs.Climate;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Hubs.Events;
using RealtimeHub.Server.Hubs.Jobs;
using RealtimeHub.Server.Hubs.Simulation;
using RealtimeHub.Server.Hubs.System;
using RealtimeHub.Server.Hubs.Workspace;

namespace RealtimeHub.Server.Hubs;

internal static class HubEndpointRouteBuilderExtensions
{
    /// <summary>Maps every hub. Each needs an authenticated caller.</summary>
    public static IEndpointRouteBuilder MapRealtimeHubs(this IEndpointRouteBuilder endpoints)
    {
        endpoints.Map<EventsHub>(HubPaths.Events);
        endpoints.Map<SystemHub>(HubPaths.System);
        endpoints.Map<JobsHub>(HubPaths.Jobs);
        endpoints.Map<ClimateHub>(HubPaths.Climate);
        endpoints.Map<SimulationHub>(HubPaths.Simulation);
        endpoints.Map<WorkspaceHub>(HubPaths.Workspace);
        return endpoints;
    }

    private static void Map<THub>(this IEndpointRouteBuilder endpoints, string path)
        where THub : Hub
    {
        var hubs = endpoints.ServiceProvider.GetRequiredService<IOptions<RealtimeHubOptions>>().Value;
        var channels = endpoints.ServiceProvider.GetRequiredService<IOptions<ChannelEngineOptions>>().Value;
        var guard = endpoints.ServiceProvider.GetRequiredService<ConnectionGuard>();
        var options = new HttpConnectionDispatcherOptions();
        Configure(options, hubs, channels);

        // What MapHub does, with middleware of ours under the hub.
        endpoints.MapConnections(path, options, connection => connection
                .Use(next => context => guard.GuardAsync(context, path, next))
                .UseHub<THub>())
            .WithMetadata(new HubMetadata(typeof(THub)))
            .RequireAuthorization();
    }

    private static void Configure(HttpConnectionDispatcherOptions options, RealtimeHubOptions hubs, ChannelEngineOptions channels)
    {
        options.TransportSendTimeout = channels.SendTimeout;
        options.AllowStatefulReconnects = false;
        options.ApplicationMaxBufferSize = hubs.MaxMessageBytes + 1;
    }
}
