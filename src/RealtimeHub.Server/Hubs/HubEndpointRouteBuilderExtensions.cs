using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Server.Hubs.Climate;
using RealtimeHub.Server.Hubs.Events;
using RealtimeHub.Server.Hubs.Jobs;
using RealtimeHub.Server.Hubs.System;

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
        return endpoints;
    }

    private static void Map<THub>(this IEndpointRouteBuilder endpoints, string path)
        where THub : Hub
    {
        var hubs = endpoints.ServiceProvider.GetRequiredService<IOptions<RealtimeHubOptions>>().Value;
        endpoints.MapHub<THub>(path, options => Configure(options, hubs)).RequireAuthorization();
    }

    private static void Configure(HttpConnectionDispatcherOptions options, RealtimeHubOptions hubs)
    {
        options.TransportSendTimeout = hubs.SendTimeout;
        options.AllowStatefulReconnects = false;
        options.ApplicationMaxBufferSize = hubs.MaxMessageBytes + 1;
    }
}
