namespace RealtimeHub.Server.Hubs.Simulation;

internal static class SimulationServiceCollectionExtensions
{
    /// <summary>Registers the simulations and the jobs that they are.</summary>
    public static IServiceCollection AddSimulations(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SimulationOptions, SimulationOptionsValidator>().BindConfiguration(SimulationOptions.SectionName);
        services.AddSingleton<RunJobs>();
        services.AddSingleton<RunNodes>();
        services.AddSingleton<SimulationRuns>();
        services.AddSingleton<SteerPolicy>();
        services.AddHostedService(provider => provider.GetRequiredService<SimulationRuns>());
        services.AddHostedService<SharedRunsService>();
        return services;
    }
}
