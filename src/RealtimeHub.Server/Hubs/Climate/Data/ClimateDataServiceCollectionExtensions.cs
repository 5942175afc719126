using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Hubs.Climate.Data.Clock;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;

namespace RealtimeHub.Server.Hubs.Climate.Data;

internal static class ClimateDataServiceCollectionExtensions
{
    /// <summary>Adds the watched folders with their sources, the cache of decoded steps, and the clocks that play them.</summary>
    public static IServiceCollection AddClimateData(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ClimateDataOptions, ClimateDataOptionsValidator>()
            .BindConfiguration(ClimateDataOptions.SectionName);
        services.AddSingleton<IValidateOptions<ClimateDataOptions>, ClimateDataOptionsRules>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new FieldStepCache(provider.GetRequiredService<IOptions<ClimateDataOptions>>().Value.CacheBytes));
        services.AddSingleton<ScanSignal>();
        services.AddSingleton<DataFolders>();
        services.AddSingleton<FieldSourceDirectory>();
        services.AddSingleton<DataClockFactory>();
        services.AddHostedService<FieldSourceWatchService>();
        return services;
    }
}
