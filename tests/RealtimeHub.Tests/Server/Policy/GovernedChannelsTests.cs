using Microsoft.Extensions.Logging.Abstractions;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Areas;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Server.Policy;

public sealed class GovernedChannelsTests : IDisposable
{
    private static readonly GeoBox Asked = new(-98, 38, -97, 39);
    private static readonly PolicyDocument Open = PolicyBench.Of(("deny", 5, new GeoBox(-101.5, 37, -101.4, 37.1)));
    private static readonly PolicyDocument Met = PolicyBench.Of(("deny", 5, new GeoBox(-97.6, 38.4, -97.5, 38.5)));
    private static readonly PolicyDocument Covered = PolicyBench.Of(("deny", 5, new GeoBox(-98.5, 37.5, -96.5, 39.5)));

    private readonly PolicyBench _bench = new(Open);
    private readonly ChannelDirectory _directory;
    private readonly GovernedChannels _channels;
    private readonly CareRequest _request = PolicyBench.Ask(new CarePlace.Box(Asked));
    private readonly ChannelName _name = ChannelName.Parse("governed:1");

    public GovernedChannelsTests()
    {
        var parts = new EngineParts();
        _directory = parts.Directory(10, EngineParts.Family(name: "governed") with { IsGoverned = true, HasIds = true });
        var store = new InMemoryChannelStore(_directory, parts.Clock);
        _channels = new GovernedChannels(_bench.Policies, _bench.Decider, store, _directory, parts.Clock, NullLogger<GovernedChannels>.Instance);
    }

    public void Dispose() => _channels.Dispose();

    [Fact]
    public async Task P164_a_policy_that_shows_the_same_leaves_a_running_channel_alone()
    {
        var channel = (await _channels.RunAsync(_name, _request, null, TestContext.Current.CancellationToken))!;
        var grant = channel.Grant!;

        _bench.Policies.Apply(PolicyBench.Of(("deny", 5, new GeoBox(-100.5, 37, -100.4, 37.1))));

        Assert.Equal(grant.Epoch, channel.Grant!.Epoch);
        Assert.Equal(AppendStatus.Done, await PublishAsync(channel, grant));
        Assert.NotEqual(grant.Decision.PolicyVersion, channel.Grant.Decision.PolicyVersion);
    }

    [Fact]
    public async Task P164_a_policy_that_shows_less_begins_a_new_epoch_and_readers_are_told()
    {
        var channel = (await _channels.RunAsync(_name, _request, null, TestContext.Current.CancellationToken))!;
        var before = channel.Grant!;
        await PublishAsync(channel, before);
        await using var items = Read();
        await NextAsync(items);
        await NextAsync(items);

        _bench.Policies.Apply(Met);

        var after = channel.Grant!;
        Assert.Equal((CareOutcome.Allow, CareOutcome.Generalize), (before.Decision.Outcome, after.Decision.Outcome));
        var notice = (await NextAsync(items)).Subscribed!;
        Assert.Equal((after.Epoch, RecoveryReasons.PolicyChanged), (notice.Epoch, notice.Reason));
        Assert.Equal(AppendStatus.EpochChanged, await PublishAsync(channel, before));
        Assert.Equal(AppendStatus.Done, await PublishAsync(channel, after));
        Assert.Equal(after.Epoch, (await NextAsync(items)).Frame!.Epoch);
    }

    [Fact]
    public async Task P164_a_policy_that_shows_nothing_any_more_ends_the_subscriptions()
    {
        var channel = (await _channels.RunAsync(_name, _request, null, TestContext.Current.CancellationToken))!;
        var before = channel.Grant!;
        await PublishAsync(channel, before);
        await using var items = Read();
        await NextAsync(items);
        await NextAsync(items);

        _bench.Policies.Apply(Covered);

        var error = (await NextAsync(items, StreamItemKinds.Error)).Error!;
        Assert.Equal(("CARE_POLICY_VIOLATION", "POLICY-0"), (error.Code, error.Details!.Policy));
        Assert.Null(channel.Grant);
        Assert.Equal(AppendStatus.EpochChanged, await PublishAsync(channel, before));
        Assert.Null(await _channels.RunAsync(_name, _request, null, TestContext.Current.CancellationToken));
        Assert.True(_directory.TryGet(_name, out var log));
        Assert.Empty(log.ReadHistory(0, 10, false));
    }

    [Fact]
    public async Task P154_a_policy_that_cannot_be_read_any_more_ends_the_subscriptions_and_one_that_can_lets_them_back()
    {
        var channel = (await _channels.RunAsync(_name, _request, null, TestContext.Current.CancellationToken))!;
        await using var items = Read();
        await NextAsync(items);

        _bench.Policies.Apply(PolicyDocument.Unreadable("It is gone."));

        Assert.Equal("CARE_POLICY_VIOLATION", (await NextAsync(items, StreamItemKinds.Error)).Error!.Code);
        Assert.Null(channel.Grant);
        _bench.Policies.Apply(Open);
        Assert.NotNull((await _channels.RunAsync(_name, _request, null, TestContext.Current.CancellationToken))?.Grant);
    }

    [Fact]
    public async Task RunAsync_gives_the_running_channel_again_and_after_a_stop_a_new_one()
    {
        var first = (await _channels.RunAsync(_name, _request, null, TestContext.Current.CancellationToken))!;
        var grant = first.Grant!;

        Assert.Same(first, await _channels.RunAsync(_name, _request, null, TestContext.Current.CancellationToken));
        _channels.Stop(_name);

        Assert.Null(first.Grant);
        Assert.Equal(AppendStatus.EpochChanged, await PublishAsync(first, grant));
        Assert.NotSame(first, await _channels.RunAsync(_name, _request, null, TestContext.Current.CancellationToken));
    }

    private static async Task<StreamItem> NextAsync(IAsyncEnumerator<StreamItem> items, string? kind = null)
    {
        do
        {
            var next = items.MoveNextAsync().AsTask();
            await Soon.HappensAsync(next, $"the stream gives {kind ?? "its next item"}");
            Assert.True(await next, "The stream ended.");
        }
        while (kind is not null && items.Current.Kind != kind);
        return items.Current;
    }

    private static ValueTask<AppendStatus> PublishAsync(GovernedChannel channel, CareGrant grant) => channel.PublishAsync(
        grant,
        new GovernedEnvelope(
            TestEnvelopes.Envelope(),
            new FrameGovernance(grant.Decision.Care, new RealtimeHub.Protocol.Governance.Provenance("a", ["b"], "c"), Checksums.Of("x"u8), new StacReferences(["i"]))),
        TestContext.Current.CancellationToken);

    private IAsyncEnumerator<StreamItem> Read()
    {
        Assert.True(_directory.TryGet(_name, out var channel));
        var plan = new SubscribePlan { Id = "s1", Channel = _name, Start = StartPoint.Oldest, Policy = SlowConsumerPolicy.Lossless, Limits = new LagLimits(1000, long.MaxValue) };
        return new ChannelStreamReader("c1", channel, plan).ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }
}
