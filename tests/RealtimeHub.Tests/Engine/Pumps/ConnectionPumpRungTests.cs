using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Tests.Engine.Cursors;

namespace RealtimeHub.Tests.Engine.Pumps;

public class ConnectionPumpRungTests
{
    private static readonly ChannelName Fine = ChannelName.Parse("test:fine");
    private static readonly ChannelName Coarse = ChannelName.Parse("test:coarse");

    private readonly PumpParts _one = new();
    private readonly ChannelDirectory _directory;
    private readonly Channel _fine;
    private readonly Channel _coarse;

    public ConnectionPumpRungTests()
    {
        _directory = _one.Engine.Directory(100, EngineParts.Family() with { HasIds = true });
        Assert.True(_directory.TryGetOrAdd(Fine, out var fine) && _directory.TryGetOrAdd(Coarse, out _coarse!));
        _fine = fine;
    }

    [Fact]
    public void Next_of_coarsen_samples_beyond_the_limit_and_goes_over_beyond_twice()
    {
        var index = PlainLagIndex.Of([.. Enumerable.Repeat((1, "a"), 9)]);

        var within = SlowConsumerRules.Next(SlowConsumerPolicy.Coarsen, 5, 0, new LagLimits(4, 1_000), index, true);
        var beyond = SlowConsumerRules.Next(SlowConsumerPolicy.Coarsen, 3, 0, new LagLimits(4, 1_000), index, true);
        var twice = SlowConsumerRules.Next(SlowConsumerPolicy.Coarsen, 0, 0, new LagLimits(4, 1_000), index, true);
        var alone = SlowConsumerRules.Next(SlowConsumerPolicy.Coarsen, 0, 0, new LagLimits(4, 1_000), index, false);

        Assert.Equal([StepKind.Deliver, StepKind.SkipSampled, StepKind.Coarsen, StepKind.Deliver], new[] { within, beyond, twice, alone }.Select(s => s.Kind));
    }

    [Fact]
    public void A_reader_that_lags_far_goes_over_to_the_coarser_channel_and_back_after_ten_calm_seconds()
    {
        _one.Subscribe(_fine, Terms());
        _one.Sink.IsStalled = true;
        Publish(_fine, 20);

        _one.Sink.Resume();
        Publish(_coarse, 1);
        _one.Engine.Clock.Advance(TimeSpan.FromSeconds(11));
        Publish(_coarse, 1);
        Publish(_fine, 1);

        Assert.Equal(
            ["subscribed 0", "degraded coarsen 20", "subscribed 0", "frame 1", "restored 1", "subscribed 20", "frame 21"],
            _one.Sink.Written);
        Assert.Equal((1, 0), (_fine.CursorCount, _coarse.CursorCount));
    }

    [Fact]
    public void A_reader_whose_connection_reads_the_coarser_channel_already_stays_and_gets_fewer_frames()
    {
        _one.Subscribe(_coarse, Terms() with { Id = "other", Ladder = null });
        _one.Subscribe(_fine, Terms());
        _one.Sink.IsStalled = true;
        Publish(_fine, 20);

        _one.Sink.Resume();

        Assert.DoesNotContain(_one.Sink.Written.Skip(3), w => w.StartsWith("subscribed", StringComparison.Ordinal));
        Assert.Contains(_one.Sink.Written, w => w.StartsWith("skipped", StringComparison.Ordinal));
        Assert.Equal("frame 20", _one.Sink.Written[^2]);
    }

    [Fact]
    public void The_family_with_the_lowest_number_is_written_first_whatever_was_appended_first()
    {
        var late = _one.Engine.Channel(EngineParts.Family() with { Priority = 2 }, "late");
        var early = _one.Engine.Channel(EngineParts.Family() with { Priority = 1 }, "early");
        _one.Read(late, EngineParts.Terms());
        _one.Read(early, EngineParts.Terms());
        _one.Sink.IsStalled = true;
        Publish(late, 3);
        Publish(early, 2);

        _one.Sink.Resume();

        Assert.Equal(["frame 1", "frame 1", "frame 2", "frame 2", "frame 3"], _one.Sink.Written);
    }

    [Fact]
    public async Task A_stream_goes_over_to_the_coarser_channel_too()
    {
        var plan = new SubscribePlan { Id = "s1", Channel = Fine, Policy = SlowConsumerPolicy.Coarsen, Limits = new LagLimits(4, 1_000_000), Coarser = [Coarse] };
        await using var items = new ChannelStreamReader("c1", _fine, plan, _directory).ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        await items.MoveNextAsync();
        Publish(_fine, 20);

        await items.MoveNextAsync();
        var degraded = items.Current;
        await items.MoveNextAsync();
        var again = items.Current;
        Publish(_coarse, 1);
        await items.MoveNextAsync();

        Assert.Equal((StreamItemKinds.Degraded, "test:fine", "test:coarse"), (degraded.Kind, degraded.Degraded!.From, degraded.Degraded.To));
        Assert.Equal((StreamItemKinds.Subscribed, "test:coarse"), (again.Kind, again.Subscribed!.Channel));
        Assert.Equal("test:coarse", items.Current.Frame!.Channel);
    }

    private CursorTerms Terms() => EngineParts.Terms(SlowConsumerPolicy.Coarsen, 4) with { Ladder = new ChannelLadder(_directory, [Fine, Coarse]) };

    private static void Publish(Channel channel, int count)
    {
        channel.AppendMany(count);
        channel.FanOutNow();
    }
}
