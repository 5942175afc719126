using Microsoft.Extensions.Diagnostics.HealthChecks;
using RealtimeHub.Redis;

namespace RealtimeHub.Server.Diagnostics;

internal sealed class RedisCheck(RedisHealth redis) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        redis.Failed is { Count: > 0 } failed ? HealthCheckResult.Unhealthy($"Nothing arrives from Redis {string.Join(", ", failed)}, however often the link was built anew.")
        : redis.Away is { Count: > 0 } away ? HealthCheckResult.Degraded($"Redis {string.Join(", ", away)} is away; what was accepted before is still read.")
        : HealthCheckResult.Healthy());
}
