using System.Diagnostics.Metrics;
using RealtimeHub.Engine;

namespace RealtimeHub.Redis.Links;

/// <summary>What the Redis side counts. Thread-safe.</summary>
internal sealed class RedisMetrics
{
    private readonly Counter<long> _calls;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _holes;

    public RedisMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(EngineMetrics.MeterName);
        _calls = meter.CreateCounter<long>("realtimehub.redis.calls", "{call}", "Calls of Redis, by outcome: done, failed, refused.");
        _retries = meter.CreateCounter<long>("realtimehub.redis.retries", "{retry}", "Calls of Redis that were tried again, by how that ended.");
        _holes = meter.CreateCounter<long>("realtimehub.redis.catchups", "{read}", "Reads of a channel's stream, by reason: open, hole, check, return.");
    }

    public void Called(string outcome) => _calls.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Retried(string outcome) => _retries.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void CaughtUp(string reason) => _holes.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
