using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Publishing;

/// <summary>One fixed limit of publishes per key and minute. Thread-safe.</summary>
internal sealed class PublishRateLimit(IOptions<PublishingOptions> options, ISharedState shared) : IDisposable
{
    private readonly int _limit = options.Value.RequestsPerMinute;
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(id =>
        RateLimitPartition.GetFixedWindowLimiter(id, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.Value.RequestsPerMinute,
            Window = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));

    /// <summary>Takes a permit; the refusal says when the next can be had.</summary>
    public async ValueTask<ProtocolError?> TakeAsync(Principal principal, CancellationToken cancellationToken)
    {
        if (shared.IsShared
            && await shared.TakeAsync($"publishes:{principal.Id}", TimeSpan.FromMinutes(1) / _limit, _limit, cancellationToken) is { } pause)
        {
            return pause == TimeSpan.Zero ? null : Refusal(pause);
        }

        using var lease = _limiter.AttemptAcquire(principal.Id);
        if (lease.IsAcquired)
        {
            return null;
        }

        return Refusal(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1));
    }

    public void Dispose() => _limiter.Dispose();

    private ProtocolError Refusal(TimeSpan retryAfter) =>
        ErrorCodes.RateLimit.With($"The key has made {_limit} publishes within a minute, which is its limit.") with
        {
            RetryAfterMs = (long)Math.Ceiling(retryAfter.TotalMilliseconds),
            Details = new ErrorDetails { Limit = $"{_limit} publishes per minute" },
        };
}
