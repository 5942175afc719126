using Microsoft.Extensions.Options;
using RealtimeHub.Server.Hubs.Climate.Channels;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Frames;
using RealtimeHub.Server.Hubs.Climate.Models;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Hubs.Climate.Stories;

namespace RealtimeHub.Server.Hubs.Climate;

internal static class ClimateServiceCollectionExtensions
{
    /// <summary>Adds everything behind the climate hub: data, models, checks, computation, channels and the service that has frames made.</summary>
    public static IServiceCollection AddClimate(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ClimateHubOptions, ClimateHubOptionsValidator>().BindConfiguration(ClimateHubOptions.SectionName);
        services.AddSingleton<IValidateOptions<ClimateHubOptions>, ClimateHubOptionsRules>();
        services.AddClimateData();
        services.AddClimateModels();
        services.AddSingleton(provider => new GridCache(provider.GetRequiredService<IOptions<ClimateHubOptions>>().Value.CachedGrids));
        services.AddSingleton<ComputingTime>();
        services.AddSingleton<GridComputer>();
        services.AddSingleton<XaiComputer>();
        services.AddSingleton<TileComputer>();
        services.AddSingleton<FrameComputer>();
        services.AddSingleton<FrameAssembler>();
        services.AddSingleton<ClimatePlanner>();
        services.AddSingleton<ClimateMetrics>();
        services.AddSingleton<ClimateChannelTable>();
        services.AddSingleton<FrameMaker>();
        services.AddSingleton<TilePrefetch>();
        services.AddSingleton<ClimateSubscriptions>();
        services.AddSingleton<ClimateConnections>();
        services.AddSingleton<StoryMaker>();
        services.AddSingleton<ClimateRecipeRules>();
        services.AddSingleton<ClimateVerifier>();
        services.AddSingleton<ClimateFrameService>();
        services.AddHostedService(provider => provider.GetRequiredService<ClimateFrameService>());
        return services;
    }
}
