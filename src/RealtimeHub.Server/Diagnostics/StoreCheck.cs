using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine;
using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>Whether there is room for channels. A store that is shared adds a check of its own.</summary>
internal sealed class StoreCheck(ChannelDirectory directory, IOptions<ChannelEngineOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(directory.Count < options.Value.MaxChannels
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"The server holds {directory.Count} channels, as many as it may."));
}
