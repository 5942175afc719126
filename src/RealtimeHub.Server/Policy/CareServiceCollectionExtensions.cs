using Microsoft.Extensions.Options;
using RealtimeHub.Server.Audit;
using RealtimeHub.Server.Policy.Masks;

namespace RealtimeHub.Server.Policy;

internal static class CareServiceCollectionExtensions
{
    /// <summary>Registers the policy, the decisions on it, and the channels that are made by them.</summary>
    public static IServiceCollection AddCarePolicy(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CareOptions, CareOptionsValidator>().BindConfiguration(CareOptions.SectionName);
        services.AddSingleton<IValidateOptions<CareOptions>, CareOptionsRules>();
        services.AddSingleton<PolicyStore>();
        services.AddSingleton<MaskCache>();
        services.AddSingleton<CareMetrics>();
        services.AddSingleton<CareDecider>();
        services.AddSingleton<PointMasking>();
        services.AddSingleton<PointRecords>();
        services.AddSingleton<GovernedChannels>();
        services.AddHostedService<PolicyAudit>();
        services.AddHostedService<PolicyWatchService>();
        return services;
    }
}
