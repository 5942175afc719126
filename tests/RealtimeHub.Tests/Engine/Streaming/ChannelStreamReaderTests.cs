using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Tests.Engine.Cursors;

namespace RealtimeHub.Tests.Engine.Streaming;

public class ChannelStreamReaderTests
{
    private readonly EngineParts _parts = new();

    [Fact]
    public async Task ReadAsync_gives_the_start_first_then_frames_and_the_end_last()
    {
        var channel = _parts.Channel();
        channel.AppendMany(3);
        channel.Log.End();

        var items = await AllAsync(channel, Plan(new StartPoint(Last: 2)));

        Assert.Equal(["subscribed 1", "frame 2", "frame 3", "end 3"], items);
        Assert.Equal(0, channel.CursorCount);
    }

    [Fact]
    public async Task ReadAsync_tells_where_it_really_starts()
    {
        var channel = _parts.Channel(EngineParts.Family(maxFrames: 2));
        channel.AppendMany(5);
        var reader = new ChannelStreamReader("c1", channel, Plan(new StartPoint(new StreamPosition(channel.Log.Epoch, 1))));

        await using var items = reader.ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        await items.MoveNextAsync();

        Assert.Equal(
            (channel.Log.Epoch, 1, false, RecoveryReasons.Expired, "lossless"),
            (items.Current.Subscribed!.Epoch, items.Current.Subscribed.Sequence, items.Current.Subscribed.Recovered, items.Current.Subscribed.Reason, items.Current.Subscribed.Policy));
    }

    [Fact]
    public async Task P226_streams_of_one_channel_yield_the_same_item()
    {
        var channel = _parts.Channel();
        await using var first = Reader(channel);
        await using var second = Reader(channel);
        await first.MoveNextAsync();
        await second.MoveNextAsync();

        channel.AppendMany(1);
        await first.MoveNextAsync();
        await second.MoveNextAsync();

        Assert.Equal(1, first.Current.Frame!.Sequence);
        Assert.Same(first.Current, second.Current);
    }

    [Fact]
    public async Task ReadAsync_gives_a_gap_in_its_place()
    {
        var channel = _parts.Channel(EngineParts.Family(maxFrames: 2));
        channel.AppendMany(5);
        channel.Log.End();

        var items = await AllAsync(channel, Plan(new StartPoint(new StreamPosition(channel.Log.Epoch, 1))));

        Assert.Equal(["subscribed 1", "gap 2-3 x2 expired", "frame 4", "frame 5", "end 5"], items);
    }

    [Fact]
    public async Task ReadAsync_gives_what_was_filtered_as_skipped_before_the_end()
    {
        var channel = _parts.Channel();
        channel.AppendMany(3);
        channel.Log.End();

        var items = await AllAsync(channel, Plan(StartPoint.Oldest) with { Patterns = [] });

        Assert.Equal(["subscribed 0", "skipped 1-3 x3 filtered", "end 3"], items);
    }

    [Fact]
    public async Task ReadAsync_tells_after_a_quiet_second_what_was_filtered()
    {
        var channel = _parts.Channel();
        channel.AppendMany(3);
        var reader = new ChannelStreamReader("c1", channel, Plan(StartPoint.Oldest) with { Patterns = [] });
        await using var items = reader.ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        await items.MoveNextAsync();

        var next = items.MoveNextAsync().AsTask();
        var isTold = next.IsCompleted;
        _parts.Clock.Advance(TimeSpan.FromSeconds(1));
        await next.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.False(isTold);
        Assert.Equal((1, 3, 3), (items.Current.Skipped!.From, items.Current.Skipped.To, items.Current.Skipped.Count));
    }

    [Fact]
    public async Task ReadAsync_waits_for_frames_that_are_still_to_come()
    {
        var channel = _parts.Channel();
        var read = AllAsync(channel, Plan(StartPoint.Live));
        Assert.False(read.IsCompleted);

        channel.AppendMany(1);
        channel.FanOutNow();
        channel.AppendMany(1);
        channel.Complete();

        await Soon.HappensAsync(read, "the stream ended");
        Assert.Equal(["subscribed 0", "frame 1", "frame 2", "end 2"], await read);
    }

    [Fact]
    public async Task ReadAsync_misses_nothing_that_is_appended_beside_it()
    {
        var channel = _parts.Channel(EngineParts.Family(maxFrames: 10_000));
        var read = Task.Run(() => AllAsync(channel, Plan(StartPoint.Oldest)), TestContext.Current.CancellationToken);

        Threads.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                channel.AppendMany(1);
                channel.FanOutNow();
            }

            channel.Complete();
        });

        await Soon.HappensAsync(read, "the stream ended");
        Assert.Equal(DeliveryText.Frames(1, 5_000), (await read).Skip(1).SkipLast(1));
    }

    [Fact]
    public async Task ReadAsync_that_is_cancelled_leaves_the_channel()
    {
        var channel = _parts.Channel();
        using var source = new CancellationTokenSource();
        var read = AllAsync(channel, Plan(StartPoint.Live), source.Token);
        Assert.Equal(1, channel.CursorCount);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.Equal(0, channel.CursorCount);
    }

    [Fact]
    public async Task ReadAsync_that_is_broken_off_leaves_the_channel()
    {
        var channel = _parts.Channel();
        channel.AppendMany(3);

        await foreach (var item in new ChannelStreamReader("c1", channel, Plan(StartPoint.Oldest)).ReadAsync(TestContext.Current.CancellationToken))
        {
            if (item.Kind == StreamItemKinds.Frame)
            {
                break;
            }
        }

        Assert.Equal(0, channel.CursorCount);
    }

    [Fact]
    public async Task ReadAsync_of_a_slow_reader_with_the_policy_to_disconnect_ends_with_an_error()
    {
        var channel = _parts.Channel();
        var plan = Plan(StartPoint.Live) with { Policy = SlowConsumerPolicy.Disconnect, Limits = new LagLimits(2, long.MaxValue) };
        await using var items = new ChannelStreamReader("c1", channel, plan).ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        await items.MoveNextAsync();

        channel.AppendMany(3);

        Assert.True(await items.MoveNextAsync());
        Assert.Equal((CloseReasons.SlowConsumer.Code, true), (items.Current.Error!.Code, items.Current.Error.Retryable));
        Assert.False(await items.MoveNextAsync());
        Assert.Equal(0, channel.CursorCount);
    }

    [Fact]
    public async Task ReadAsync_of_a_reader_that_fan_out_closed_ends_with_an_error()
    {
        var channel = _parts.Channel();
        var plan = Plan(StartPoint.Live) with { Policy = SlowConsumerPolicy.Disconnect, Limits = new LagLimits(2, long.MaxValue) };
        var read = new ChannelStreamReader("c1", channel, plan);
        await using var items = read.ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        await items.MoveNextAsync();

        channel.AppendMany(3);
        channel.FanOutNow();
        await items.MoveNextAsync();

        Assert.Equal("error SLOW_CONSUMER", Text(items.Current));
    }

    [Fact]
    public async Task ReadAsync_that_the_server_ends_gives_its_error_last()
    {
        var channel = _parts.Channel();
        var read = AllAsync(channel, Plan(StartPoint.Live));

        SubscriptionService.End(channel, id => id == "c1", ErrorCodes.ChannelForbidden.With("No more."));

        await Soon.HappensAsync(read, "the stream ended");
        Assert.Equal(["subscribed 0", "error CHANNEL_FORBIDDEN"], await read);
    }

    private static SubscribePlan Plan(StartPoint start) =>
        new() { Id = "s1", Channel = ChannelName.Parse("test"), Start = start, Policy = SlowConsumerPolicy.Lossless };

    private static async Task<List<string>> AllAsync(Channel channel, SubscribePlan plan, CancellationToken cancellationToken = default)
    {
        var items = new List<string>();
        await foreach (var item in new ChannelStreamReader("c1", channel, plan).ReadAsync(cancellationToken))
        {
            items.Add(Text(item));
        }

        return items;
    }

    private static string Text(StreamItem item) => item switch
    {
        { Frame: { } frame } => $"frame {frame.Sequence}",
        { Error: { } error } => $"error {error.Code}",
        { End: { } end } => $"end {end.Offset}",
        _ => DeliveryText.OfNotice(item.Subscribed ?? item.Gap ?? item.Skipped ?? (object?)item.Degraded, item.Kind),
    };

    private static IAsyncEnumerator<StreamItem> Reader(Channel channel) =>
        new ChannelStreamReader("c", channel, Plan(default)).ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
}
