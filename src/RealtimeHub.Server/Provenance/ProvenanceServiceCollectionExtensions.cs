namespace RealtimeHub.Server.Provenance;

internal static class ProvenanceServiceCollectionExtensions
{
    /// <summary>Registers the lineage and the catalogue of what is delivered.</summary>
    public static IServiceCollection AddProvenance(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ProvenanceOptions, ProvenanceOptionsValidator>().BindConfiguration(ProvenanceOptions.SectionName);
        services.AddSingleton<ProvenanceStore>();
        services.AddSingleton<StacCatalogue>();
        return services;
    }
}
