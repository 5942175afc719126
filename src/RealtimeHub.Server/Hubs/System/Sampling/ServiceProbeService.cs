using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>Probes each watched service on its own schedule; a service's next probe waits for the one before.</summary>
internal sealed class ServiceProbeService(
    ServiceProbe probe,
    ServiceRegistry registry,
    IOptions<SystemSamplingOptions> options,
    TimeProvider time,
    ILogger<ServiceProbeService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        registry.Changed += LogChange;
        try
        {
            await Task.WhenAll(options.Value.Services.Select(service => WatchAsync(service, stoppingToken)));
        }
        finally
        {
            registry.Changed -= LogChange;
        }
    }

    private async Task WatchAsync(WatchedService service, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(service.Interval, time);
        try
        {
            do
            {
                registry.Report(await probe.ProbeAsync(service, stoppingToken));
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; an unfinished probe says nothing about the service.
        }
    }

    private void LogChange(ServiceStatusChange change)
    {
        if (ServiceStates.HealthOf(change.Current.Status) == ServiceStates.Healthy)
        {
            SamplingLog.ServiceHealthy(logger, change.Current.Service, change.Current.Status);
        }
        else
        {
            SamplingLog.ServiceUnhealthy(logger, change.Current.Service, change.Current.Status, change.Current.Message);
        }
    }
}
