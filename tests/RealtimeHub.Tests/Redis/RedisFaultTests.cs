using System.Globalization;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Redis;

/// <summary>What becomes of two nodes, their publishers and their readers when Redis fails under them.</summary>
public sealed class RedisFaultTests
{
    private const int Events = 60;

    [Fact]
    public async Task P310_events_of_all_nodes_reach_all_nodes_in_one_order()
    {
        await using var redis = await StartAsync();
        await using var nodes = await HubNodes.StartAsync(redis.Endpoint, redis.Endpoint);

        await nodes.PublishAsync(Events, () => Task.CompletedTask, "quiet");

        AssertOneOrder(nodes, nodes.Servers.Count * Events);
    }

    [Fact]
    public async Task P314_a_Redis_that_is_killed_and_started_again_loses_nothing_and_readers_are_told()
    {
        await using var redis = await StartAsync();
        await using var nodes = await HubNodes.StartAsync(redis.Endpoint, redis.Endpoint);

        await nodes.PublishAsync(
            Events,
            async () =>
            {
                await redis.KillAsync();
                await Task.WhenAll(nodes.Readers.Select(r => r.WaitForNoticeAsync(DegradedReasons.StoreUnavailable)));
                await redis.StartAgainAsync();
            },
            "killed");
        await Task.WhenAll(nodes.Readers.Select(r => r.WaitForNoticeAsync("restored")));

        AssertOneOrder(nodes, nodes.Servers.Count * Events);
        Assert.All(nodes.Readers, r => Assert.DoesNotContain(RecoveryReasons.EpochChanged, r.Notices));
    }

    [Fact]
    public async Task P313_a_Redis_that_comes_back_empty_is_a_new_epoch_for_everybody()
    {
        await using var redis = await StartAsync();
        await using var nodes = await HubNodes.StartAsync(redis.Endpoint, redis.Endpoint);
        await nodes.PublishAsync(10, () => Task.CompletedTask, "before");

        await redis.KillAsync();
        await redis.StartAgainAsync(isEmpty: true);
        await Task.WhenAll(nodes.Readers.Select(r => r.WaitForNoticeAsync(RecoveryReasons.EpochChanged)));
        await nodes.PublishAsync(Events, () => Task.CompletedTask, "after");

        AssertOneOrder(nodes, nodes.Servers.Count * (10 + Events));
        Assert.All(nodes.Readers, r => Assert.Equal((2, 1), (r.Frames.Select(f => f.Epoch).Distinct().Count(), r.Totals.EpochChanges)));
    }

    [Fact]
    public async Task P314_a_Redis_that_stands_still_loses_nothing_and_nothing_comes_twice()
    {
        // 20 s with REALTIMEHUB_LONG_PAUSE; the times of the nodes are shortened to match 3 s.
        var pause = Environment.GetEnvironmentVariable("REALTIMEHUB_LONG_PAUSE") is null ? TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(20);
        await using var redis = await StartAsync();
        await using var nodes = await HubNodes.StartAsync(redis.Endpoint, redis.Endpoint);

        await nodes.PublishAsync(
            Events,
            async () =>
            {
                redis.Pause();
                await Task.Delay(pause, TestContext.Current.CancellationToken);
                redis.Continue();
            },
            "paused");

        AssertOneOrder(nodes, nodes.Servers.Count * Events);
    }

    [Fact]
    public async Task P314_a_node_that_is_cut_off_from_Redis_catches_up_in_order()
    {
        await using var redis = await StartAsync();
        await using var relay = new TcpRelay(redis.Port);
        await using var nodes = await HubNodes.StartAsync(redis.Endpoint, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{relay.Port}"));
        var cutOff = nodes.Readers.Skip(2).ToList();

        await nodes.PublishAsync(
            Events,
            async () =>
            {
                relay.Cut();
                await Task.WhenAll(cutOff.Select(r => r.WaitForNoticeAsync(DegradedReasons.StoreUnavailable)));
                relay.Mend();
            },
            "cut");

        AssertOneOrder(nodes, nodes.Servers.Count * Events);
        Assert.All(nodes.Readers.Take(2), r => Assert.Empty(r.Notices));
    }

    private static async Task<RedisServer> StartAsync()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        return await RedisServer.StartAsync();
    }

    private static void AssertOneOrder(HubNodes nodes, int count)
    {
        var first = nodes.Readers[0].Frames.Select(f => (f.Epoch, f.Sequence, f.EventId)).ToList();
        Assert.Equal(count, first.Select(f => f.EventId).Distinct().Count());
        foreach (var reader in nodes.Readers)
        {
            Assert.Equal(first, reader.Frames.Select(f => (f.Epoch, f.Sequence, f.EventId)));
            Assert.Equal((0, 0, 0, 0), (reader.Totals.Missing, reader.Totals.LostCount, reader.Totals.SkippedCount, reader.Totals.Duplicates));
        }
    }
}
