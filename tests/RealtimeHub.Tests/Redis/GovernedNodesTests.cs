using Microsoft.Extensions.Logging.Abstractions;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Areas;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Engine;
using RealtimeHub.Tests.Server.Policy;

namespace RealtimeHub.Tests.Redis;

/// <summary>A policy that changes while the store is somewhere else, or away.</summary>
public sealed class GovernedNodesTests
{
    private static readonly PolicyDocument Open = PolicyBench.Of(("deny", 5, new GeoBox(-101.5, 37, -101.4, 37.1)));
    private static readonly PolicyDocument Met = PolicyBench.Of(("deny", 5, new GeoBox(-97.6, 38.4, -97.5, 38.5)));
    private static readonly ChannelName Name = ChannelName.Parse("governed:1");

    private readonly CareRequest _request = PolicyBench.Ask(new CarePlace.Box(new GeoBox(-98, 38, -97, 39)));

    [Fact]
    public async Task P322_nodes_under_the_same_policy_share_an_epoch_and_one_that_lags_behind_publishes_nothing()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync("--appendonly", "no");
        await using var first = await NodeAsync(redis);
        await using var second = await NodeAsync(redis);
        var (here, there) = ((await first.Channels.RunAsync(Name, _request, null, TestContext.Current.CancellationToken))!, (await second.Channels.RunAsync(Name, _request, null, TestContext.Current.CancellationToken))!);
        var before = here.Grant!;
        Assert.Equal(before.Epoch, there.Grant!.Epoch);

        first.Bench.Policies.Apply(Met);
        await UntilAsync(() => here.Grant is not null, "the first node had its new epoch");

        Assert.NotEqual(before.Epoch, here.Grant!.Epoch);
        Assert.Equal(AppendStatus.EpochChanged, await PublishAsync(there, there.Grant!));
        second.Bench.Policies.Apply(Met);
        await UntilAsync(() => there.Grant?.Epoch == here.Grant!.Epoch, "both nodes were in the same epoch");
        Assert.Equal(AppendStatus.Done, await PublishAsync(there, there.Grant!));
    }

    [Fact]
    public async Task P322_a_policy_that_changes_while_the_store_is_away_hides_at_once_and_goes_on_when_it_is_back()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        await using var node = await NodeAsync(redis);
        var channel = (await node.Channels.RunAsync(Name, _request, null, TestContext.Current.CancellationToken))!;
        var before = channel.Grant!;
        await PublishAsync(channel, before);
        Assert.True(node.Node.Directory.TryGet(Name, out var log));
        await UntilAsync(() => log.Log.Newest == 1, "the frame was heard");

        await redis.KillAsync();
        node.Bench.Policies.Apply(Met);

        Assert.Null(channel.Grant);
        Assert.Empty(log.ReadHistory(0, 10, false));
        await redis.StartAgainAsync();
        await UntilAsync(() => channel.Grant is not null, "the new epoch had begun");
        Assert.Empty(log.ReadHistory(0, 10, false));
        Assert.Equal(AppendStatus.Done, await PublishAsync(channel, channel.Grant!));
        await UntilAsync(() => log.Log.Newest == 2 && log.Log.Epoch == channel.Grant!.Epoch, "the first frame of the new epoch was heard");
        Assert.Single(log.ReadHistory(0, 10, false));
    }

    private static ValueTask<AppendStatus> PublishAsync(GovernedChannel channel, CareGrant grant) => channel.PublishAsync(
        grant,
        new GovernedEnvelope(
            TestEnvelopes.Envelope() with { Payload = JsonPayload.FromValidUtf8("{}"u8.ToArray()) },
            new FrameGovernance(grant.Decision.Care, new RealtimeHub.Protocol.Governance.Provenance("a", ["b"], "c"), Checksums.Of("x"u8), new StacReferences(["i"]))),
        TestContext.Current.CancellationToken);

    private static async Task<GovernedNode> NodeAsync(RedisServer redis)
    {
        var node = await RedisNode.StartAsync(
            RedisNode.Quick(redis.Endpoint, "governed:"), EngineParts.Family(name: "governed") with { IsGoverned = true, HasIds = true });
        var bench = new PolicyBench(Open);
        return new GovernedNode(node, bench, new GovernedChannels(
            bench.Policies, bench.Decider, node.Store, node.Directory, TimeProvider.System, NullLogger<GovernedChannels>.Instance));
    }

    private static Task UntilAsync(Func<bool> isSo, string what) =>
        Soon.HappensAsync(Task.Run(async () =>
        {
            while (!isSo())
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }), what);

    private sealed record GovernedNode(RedisNode Node, PolicyBench Bench, GovernedChannels Channels) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Channels.Dispose();
            return Node.DisposeAsync();
        }
    }
}
