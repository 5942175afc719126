using Microsoft.Extensions.Diagnostics.HealthChecks;
using RealtimeHub.Server.Auth.Revocation;

namespace RealtimeHub.Server.Diagnostics;

internal sealed class RevocationCheck(RevocationList revocations) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(revocations.IsReadable ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Revocations cannot be read, so every credential is refused."));
}
