using Microsoft.Extensions.Diagnostics.HealthChecks;
using RealtimeHub.Server.Lifecycle;

namespace RealtimeHub.Server.Diagnostics;

internal sealed class DrainCheck(DrainState drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(drain.IsDraining ? HealthCheckResult.Unhealthy("The server is about to stop.") : HealthCheckResult.Healthy());
}
