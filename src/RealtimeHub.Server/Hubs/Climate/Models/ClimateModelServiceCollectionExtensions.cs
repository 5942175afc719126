using System.Diagnostics;
using Microsoft.Extensions.Options;
using RealtimeHub.Science.Climate;

namespace RealtimeHub.Server.Hubs.Climate.Models;

internal static class ClimateModelServiceCollectionExtensions
{
    /// <summary>Adds the embedded model, and the remote one before it where one is configured.</summary>
    public static IServiceCollection AddClimateModels(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ClimateModelOptions, ClimateModelOptionsValidator>().BindConfiguration(ClimateModelOptions.SectionName);
        services.AddSingleton<IValidateOptions<ClimateModelOptions>, ClimateModelOptionsRules>();
        services.AddSingleton(Load);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ClimateModelOptions>>();
            IClimateModel embedded = provider.GetRequiredService<EmbeddedClimateModel>();
            if (options.Value.RemoteUrl is null)
            {
                return embedded;
            }

            var clock = provider.GetRequiredService<TimeProvider>();
            var remote = new RemoteClimateModel(new HttpClient { Timeout = Timeout.InfiniteTimeSpan }, options, clock, Random.Shared.NextDouble);
            return new FallbackClimateModel(remote, embedded, options, clock, provider.GetRequiredService<ILogger<FallbackClimateModel>>());
        });
        return services;
    }

    private static EmbeddedClimateModel Load(IServiceProvider provider)
    {
        var file = ClimateModelOptionsRules.PathOf(
            provider.GetRequiredService<IOptions<ClimateModelOptions>>().Value.File, provider.GetRequiredService<IHostEnvironment>().ContentRootPath);
        var started = Stopwatch.GetTimestamp();
        var trees = new ClimateModel(ClimateModelJson.Read(File.ReadAllBytes(file)));
        var model = new EmbeddedClimateModel(trees, Stopwatch.GetElapsedTime(started));
        ClimateModelLog.ModelReady(provider.GetRequiredService<ILogger<EmbeddedClimateModel>>(), model.Version, file);
        return model;
    }
}
