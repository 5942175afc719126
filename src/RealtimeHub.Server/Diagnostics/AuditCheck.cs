using Microsoft.Extensions.Diagnostics.HealthChecks;
using RealtimeHub.Server.Audit;

namespace RealtimeHub.Server.Diagnostics;

internal sealed class AuditCheck(AuditLog audit) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(audit.IsFailing ? HealthCheckResult.Unhealthy("Audit records cannot be written.") : HealthCheckResult.Healthy());
}
