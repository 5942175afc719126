using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.WebSockets.Events;

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

        return endpoints;
    }

    private static IEnumerable<Dialect> DialectsOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<DialectOptions>>().Value;
        var services = provider.GetRequiredService<DialectServices>();
        return EventsRoutes.All(provider.GetRequiredService<SystemRendering>()).Select(route => new EventsDialect(
            route, options.Events, provider.GetRequiredService<ChannelDirectory>(), provider.GetRequiredService<CredentialResolver>(), services));
    }
}
