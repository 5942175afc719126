using Microsoft.AspNetCore.SignalR;

namespace RealtimeHub.Server.Hubs.Filters;

internal static class HubFilterServiceCollectionExtensions
{
    /// <summary>Registers what every hub call passes.</summary>
    public static IServiceCollection AddHubFilters(this IServiceCollection services)
    {
        services.AddSingleton<StreamRecorder>();
        services.AddSingleton<OutcomeFilter>();
        services.AddSingleton<RateLimitFilter>();
        services.AddSingleton<ScopeFilter>();
        services.AddSingleton<ValidationFilter>();
        services.AddSingleton<ChannelAuthorizationFilter>();
        services.AddSingleton<PolicyFilter>();
        return services;
    }

    /// <summary>The order of the filters; a call goes from the first to the last.</summary>
    public static void UseFilters(HubOptions options)
    {
        options.AddFilter<OutcomeFilter>();
        options.AddFilter<RateLimitFilter>();
        options.AddFilter<ScopeFilter>();
        options.AddFilter<ValidationFilter>();
        options.AddFilter<ChannelAuthorizationFilter>();
        options.AddFilter<PolicyFilter>();
    }
}
