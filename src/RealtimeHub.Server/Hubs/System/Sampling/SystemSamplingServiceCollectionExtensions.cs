using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.System.Sampling;

internal static class SystemSamplingServiceCollectionExtensions
{
    /// <summary>Adds the sampler, the registry of services and their probes. Needs an <see cref="IDeliveryGauges"/>.</summary>
    public static IServiceCollection AddSystemSampling(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SystemSamplingOptions, SystemSamplingOptionsValidator>()
            .BindConfiguration(SystemSamplingOptions.SectionName);
        services.AddSingleton<IValidateOptions<SystemSamplingOptions>, SystemSamplingOptionsRules>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MachineReader>();
        services.AddSingleton<GpuProbe>();
        services.AddSingleton<ServiceRegistry>();
        services.AddSingleton<ServiceProbe>();
        services.AddSingleton<SystemSampler>();
        services.AddHostedService<ServiceProbeService>();
        return services;
    }
}
