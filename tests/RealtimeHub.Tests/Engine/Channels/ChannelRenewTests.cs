using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Tests.Engine.Channels;

/// <summary>A channel that begins a new epoch, because what it kept may not be shown any more.</summary>
public class ChannelRenewTests
{
    private static readonly ChannelName Name = ChannelName.Parse("plain");
    private static readonly ChannelName GovernedName = ChannelName.Parse("governed");

    private readonly EngineParts _parts = new();
    private readonly ChannelDirectory _directory;
    private readonly InMemoryChannelStore _store;

    public ChannelRenewTests()
    {
        _directory = _parts.Directory(100, EngineParts.Family(name: "plain"), EngineParts.Family(name: "governed") with { IsGoverned = true });
        _store = new InMemoryChannelStore(_directory, _parts.Clock);
    }

    private Channel Channel => _directory.TryGetOrAdd(Name, out var channel) ? channel : throw new InvalidOperationException();

    [Fact]
    public async Task P163_a_running_reader_is_told_and_gets_nothing_of_the_earlier_epoch()
    {
        Channel.AppendMany(3);
        var before = Channel.Log.Epoch;
        await using var items = Read(StartPoint.Oldest);
        Assert.Equal(StreamItemKinds.Subscribed, (await NextAsync(items)).Kind);
        Assert.Equal(1, (await NextAsync(items)).Frame!.Sequence);

        var epoch = await _store.RenewAsync(Name, RecoveryReasons.PolicyChanged, null, TestContext.Current.CancellationToken);
        Channel.AppendMany(1);

        var notice = (await NextAsync(items)).Subscribed!;
        Assert.Equal((epoch, 3, false, RecoveryReasons.PolicyChanged), (notice.Epoch, notice.Sequence, notice.Recovered, notice.Reason));
        var frame = (await NextAsync(items)).Frame!;
        Assert.Equal((epoch, 4), (frame.Epoch, frame.Sequence));
        Assert.NotEqual(before, epoch);
    }

    [Fact]
    public async Task P163_whoever_resumes_from_the_earlier_epoch_is_told_that_the_policy_changed()
    {
        Channel.AppendMany(3);
        var before = new StreamPosition(Channel.Log.Epoch, 2);
        await _store.RenewAsync(Name, RecoveryReasons.PolicyChanged, null, TestContext.Current.CancellationToken);
        Channel.AppendMany(2);
        await using var items = Read(new StartPoint(before));
        await using var stranger = Read(new StartPoint(new StreamPosition("an epoch of no one", 2)));

        var (known, unknown) = ((await NextAsync(items)).Subscribed!, (await NextAsync(stranger)).Subscribed!);

        Assert.Equal((5, false, RecoveryReasons.PolicyChanged), (known.Sequence, known.Recovered, known.Reason));
        Assert.Equal(RecoveryReasons.EpochChanged, unknown.Reason);
    }

    [Fact]
    public async Task P163_nothing_of_the_earlier_epoch_is_kept()
    {
        Channel.AppendMany(3);

        await _store.RenewAsync(Name, RecoveryReasons.PolicyChanged, null, TestContext.Current.CancellationToken);

        Assert.Empty(Channel.ReadHistory(0, 100, false));
        Assert.Empty(Channel.ReadHistory(long.MaxValue, 100, true));
        Assert.Equal((3, 4, 0), (Channel.Log.Newest, Channel.Log.OldestKept, Channel.Log.BytesKept));
    }

    [Fact]
    public async Task P163_a_reader_that_looked_for_its_start_just_before_is_told_too()
    {
        Channel.AppendMany(3);
        var reader = new ChannelStreamReader("c1", Channel, Plan(StartPoint.Oldest));
        await _store.RenewAsync(Name, RecoveryReasons.PolicyChanged, null, TestContext.Current.CancellationToken);
        await using var items = reader.ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        await NextAsync(items);

        Assert.Equal(RecoveryReasons.PolicyChanged, (await NextAsync(items)).Subscribed!.Reason);
        Channel.AppendMany(1);
        Channel.FanOutNow();
        Assert.Equal(4, (await NextAsync(items)).Frame!.Sequence);
    }

    [Fact]
    public async Task P163_what_was_made_for_the_earlier_epoch_is_not_appended()
    {
        Channel.AppendMany(1);
        var late = new AppendRequest(Name, [TestEnvelopes.Envelope()]) { IfEpoch = Channel.Log.Epoch };
        await _store.RenewAsync(Name, RecoveryReasons.PolicyChanged, null, TestContext.Current.CancellationToken);

        var refused = await _store.AppendAsync(late, TestContext.Current.CancellationToken);
        var accepted = await _store.AppendAsync(late with { IfEpoch = Channel.Log.Epoch }, TestContext.Current.CancellationToken);

        Assert.Equal((AppendStatus.EpochChanged, 0), (refused.Status, refused.Entries.Count));
        Assert.Equal((AppendStatus.Done, 2L), (accepted.Status, accepted.Entries[0].Offset));
    }

    [Fact]
    public async Task RenewAsync_forgets_the_frames_of_a_channel_that_has_ended_and_ends_its_readers()
    {
        Channel.AppendMany(3);
        Channel.Log.End();
        await using var items = Read(StartPoint.Oldest);
        await NextAsync(items);
        await NextAsync(items);

        var epoch = await _store.RenewAsync(Name, RecoveryReasons.PolicyChanged, null, TestContext.Current.CancellationToken);

        Assert.Null(epoch);
        Assert.Equal(StreamItemKinds.Subscribed, (await NextAsync(items)).Kind);
        Assert.Equal(StreamItemKinds.End, (await NextAsync(items)).Kind);
        Assert.Empty(Channel.ReadHistory(0, 100, false));
    }

    [Fact]
    public async Task RenewAsync_makes_no_channel() =>
        Assert.Null(await _store.RenewAsync(GovernedName, RecoveryReasons.PolicyChanged, null, TestContext.Current.CancellationToken));

    [Fact]
    public void Renew_is_not_for_channels_whose_frames_wait_for_acknowledgement()
    {
        var channel = _parts.Channel(EngineParts.Family() with { HasAcks = true }, acks: new AckOptions());

        Assert.Throws<InvalidOperationException>(() => channel.Renew(RecoveryReasons.PolicyChanged));
    }

    [Fact]
    public async Task P162_a_governed_family_takes_no_envelope_without_governance()
    {
        var plain = new AppendRequest(GovernedName, [TestEnvelopes.Envelope()]);
        var governed = AppendRequest.Governed(GovernedName, new GovernedEnvelope(TestEnvelopes.Envelope(), Governance()));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _store.AppendAsync(plain, TestContext.Current.CancellationToken));
        var result = await _store.AppendAsync(governed, TestContext.Current.CancellationToken);

        Assert.Equal(AppendStatus.Done, result.Status);
        Assert.True(_directory.TryGet(GovernedName, out var channel));
        var frame = Assert.Single(channel.ReadHistory(0, 10, false));
        Assert.Equal((Governance().Care.Scope, Governance().Prov.Activity, Governance().Checksums, "item"), (frame.Care!.Scope, frame.Prov!.Activity, frame.Checksums, frame.Stac!.Items[0]));
    }

    private static FrameGovernance Governance() =>
        new(new Care("none", "public-stream", []), new Provenance("a", ["b"], "c"), Checksums.Of("x"u8), new StacReferences(["item"]));

    private static SubscribePlan Plan(StartPoint start) =>
        new() { Id = "s1", Channel = Name, Start = start, Policy = SlowConsumerPolicy.Lossless, Limits = new LagLimits(1000, long.MaxValue) };

    private static async Task<StreamItem> NextAsync(IAsyncEnumerator<StreamItem> items)
    {
        var next = items.MoveNextAsync().AsTask();
        await Soon.HappensAsync(next, "the stream gives its next item");
        Assert.True(await next, "The stream ended.");
        return items.Current;
    }

    private IAsyncEnumerator<StreamItem> Read(StartPoint start) =>
        new ChannelStreamReader("c1", Channel, Plan(start)).ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
}
