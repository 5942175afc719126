using RealtimeHub.Tests.Engine.Hubs;

namespace RealtimeHub.Tests.Redis;

/// <summary>SignalR's promises hold for connections of different nodes.</summary>
public sealed class NodesHubSendMessagePackTests(RedisFixture redis) : HubSendContract(isEngine: true, "messagepack"), IClassFixture<RedisFixture>
{
    private protected override Task<ContractServer> StartAsync(bool isEngine, string protocol) => TwoNodes.StartAsync(redis.Server, protocol);
}
