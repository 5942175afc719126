using RealtimeHub.Redis;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Engine.Hubs;

namespace RealtimeHub.Tests.Redis;

/// <summary>Two applications with one hub, on one Redis.</summary>
internal static class TwoNodes
{
    public static async Task<ContractServer> StartAsync(RedisServer redis, string protocol)
    {
        var settings = new Dictionary<string, string?> { ["Redis:Endpoints:0"] = redis.Endpoint, ["Redis:KeyPrefix"] = $"{Guid.NewGuid():N}:" };
        var first = await ContractServer.StartAsync(true, s => s.AddRedisBackplane(), protocol, settings);
        first.Join(await ContractServer.StartAsync(true, s => s.AddRedisBackplane(), protocol, settings));
        return first;
    }
}
