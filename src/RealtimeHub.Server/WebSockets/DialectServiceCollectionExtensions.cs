using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Auth.Signatures;
using RealtimeHub.Server.Hubs.Climate;
using RealtimeHub.Server.Hubs.Simulation;
using RealtimeHub.Server.Hubs.Workspace;
using RealtimeHub.Server.Sse;
using RealtimeHub.Server.WebSockets.Climate;
using RealtimeHub.Server.WebSockets.Events;
using RealtimeHub.Server.WebSockets.Simulation;
using RealtimeHub.Server.WebSockets.Workspace;

namespace RealtimeHub.Server.WebSockets;

internal static class DialectServiceCollectionExtensions
{
    /// <summary>Registers the plain WebSocket routes.</summary>
    public static IServiceCollection AddDialects(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<DialectOptions, DialectOptionsValidator>().BindConfiguration(DialectOptions.SectionName);
        services.AddSingleton<IValidateOptions<DialectOptions>, DialectOptionsRules>();
        services.AddSingleton<DialectServices>();
        services.AddSingleton<DialectHandler>();
        services.AddSingleton<DialectSessions>();
        services.AddHostedService(provider => provider.GetRequiredService<DialectSessions>());
        services.AddSingleton<SystemRendering>();
        services.AddSingleton<SseHandler>();
        return services;
    }

    /// <summary>Maps every plain WebSocket route.</summary>
    public static IEndpointRouteBuilder MapDialects(this IEndpointRouteBuilder endpoints)
    {
        var handler = endpoints.ServiceProvider.GetRequiredService<DialectHandler>();
        foreach (var dialect in DialectsOf(endpoints.ServiceProvider))
        {
            var pipeline = endpoints.CreateApplicationBuilder();
            pipeline.UseWebSockets();
            pipeline.Run(context => handler.HandleAsync(context, dialect));
            endpoints.MapGet(dialect.Path, pipeline.Build()).ExcludeFromDescription();
        }

        endpoints.MapGet("/sse/{channel}", (HttpContext http, string channel, SseHandler sse) => sse.HandleAsync(http, channel)).RequireAuthorization().ExcludeFromDescription();
        return endpoints;
    }

    // The table of routes.
    private static IEnumerable<Dialect> DialectsOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<DialectOptions>>().Value;
        var services = provider.GetRequiredService<DialectServices>();
        foreach (var route in EventsRoutes.All(provider.GetRequiredService<SystemRendering>()))
        {
            yield return new EventsDialect(
                route, options.Events, provider.GetRequiredService<ChannelDirectory>(), provider.GetRequiredService<CredentialResolver>(), services);
        }

        foreach (var (path, hasStreams) in new[] { ("/ws/stream_features", true), ("/ws/simulation_live", true), ("/ws/heartbeat", false) })
        {
            yield return new SimulationDialect(
                path, hasStreams, options.Simulation, provider.GetRequiredService<SimulationRuns>(), provider.GetRequiredService<SignedTimestamps>(), services);
        }

        yield return new ClimateDialect(provider.GetRequiredService<ClimateSubscriptions>(), provider.GetRequiredService<ClimateConnections>(), services);
        yield return new WorkspaceDialect(options.Workspace, provider.GetRequiredService<WorkspacePresence>(), services);
    }
}
