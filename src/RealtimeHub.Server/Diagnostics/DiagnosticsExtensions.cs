using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using RealtimeHub.Redis;

namespace RealtimeHub.Server.Diagnostics;

internal static class DiagnosticsExtensions
{
    /// <summary>Puts the settings that were installed with the server under all others, for a start from another folder.</summary>
    public static void AddInstalledDefaults(this ConfigurationManager configuration, IHostEnvironment environment)
    {
        if (string.Equals(Path.GetFullPath(environment.ContentRootPath).TrimEnd('/'), AppContext.BaseDirectory.TrimEnd('/'), StringComparison.Ordinal))
        {
            return;
        }

        var sources = ((IConfigurationBuilder)configuration).Sources;
        string[] files = ["appsettings.json", $"appsettings.{environment.EnvironmentName}.json"];
        for (var i = 0; i < files.Length; i++)
        {
            var source = new JsonConfigurationSource { Path = Path.Combine(AppContext.BaseDirectory, files[i]), Optional = true };
            source.ResolveFileProvider();
            sources.Insert(i, source);
        }
    }

    public static IServiceCollection AddDiagnostics(this IServiceCollection services)
    {
        services.AddOpenApi("v1");
        services.AddHostedService<StartupNotice>();
        services.AddHostedService<DeliveryInstruments>();
        services.AddSingleton<PrometheusRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<PrometheusRecorder>());
        services.AddOptionsWithValidateOnStart<TelemetryOptions, TelemetryOptionsValidator>().BindConfiguration(TelemetryOptions.SectionName);
        services.AddHostedService<TelemetryExport>();
        services.AddHealthChecks()
            .AddCheck<DrainCheck>("drain", tags: [HealthEndpoints.Ready])
            .AddCheck<AuditCheck>("audit", tags: [HealthEndpoints.Ready])
            .AddCheck<RevocationCheck>("revocations", tags: [HealthEndpoints.Ready])
            .AddCheck<StoreCheck>("channels", tags: [HealthEndpoints.Ready]);

        // A single node does not hang on Redis, so it does not speak of it either.
        services.AddOptions<HealthCheckServiceOptions>().Configure<IOptions<RedisOptions>>((health, redis) =>
        {
            if (redis.Value.Endpoints.Count > 0)
            {
                health.Registrations.Add(new HealthCheckRegistration(
                    "redis", ActivatorUtilities.GetServiceOrCreateInstance<RedisCheck>, null, [HealthEndpoints.Ready]));
            }
        });
        return services;
    }

    public static IEndpointRouteBuilder MapDiagnostics(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi("/openapi/{documentName}.json");
        endpoints.MapHealthEndpoints();
        endpoints.MapMetricsEndpoint();
        return endpoints;
    }
}
