using System.Globalization;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Tests.Engine.Channels;

/// <summary>What every store has to do, in memory and on Redis alike.</summary>
public abstract class ChannelStoreContract
{
    protected static readonly ChannelName Events = ChannelName.Parse("events");
    protected static readonly ChannelName Plain = ChannelName.Parse("plain");

    private static long _last;

    /// <summary>The families of a store under test.</summary>
    internal static IEnumerable<ChannelFamily> Families { get; } =
    [
        EngineParts.Family(name: "events") with { DeduplicatesEventIds = true },
        EngineParts.Family(name: "plain", maxFrames: 1_000),
        EngineParts.Family(name: "short", maxFrames: 5),
        EngineParts.Family(name: "heavy") with { Retention = EngineParts.Keep(1_000, maxBytes: 3_000) },
    ];

    private protected abstract ValueTask<IChannelStore> StoreAsync();

    [Fact]
    public async Task AppendAsync_answers_with_epoch_offsets_and_event_ids()
    {
        var result = await AppendAsync(new AppendRequest(Events, [Envelope("a"), Envelope("b")]));

        Assert.Equal((AppendStatus.Done, (await LogAsync(Events)).Epoch, false), (result.Status, result.Epoch, result.IsRepeat));
        Assert.Equal([new AppendEntry(1, "a", false), new AppendEntry(2, "b", false)], result.Entries);
    }

    [Fact]
    public async Task AppendAsync_marks_the_envelopes_whose_event_ids_are_kept()
    {
        await AppendAsync(new AppendRequest(Events, [Envelope("a")]));

        var result = await AppendAsync(new AppendRequest(Events, [Envelope("b"), Envelope("a")]));

        Assert.Equal([new AppendEntry(2, "b", false), new AppendEntry(1, "a", true)], result.Entries);
    }

    [Fact]
    public async Task AppendAsync_repeats_the_first_answer_to_a_key()
    {
        var first = await AppendAsync(WithKey("k", "same"));

        var again = await AppendAsync(WithKey("k", "same"));

        Assert.Equal((true, first.Epoch), (again.IsRepeat, again.Epoch));
        Assert.Equal(first.Entries, again.Entries);
        Assert.Equal(1, await NewestAsync(Events, 1));
    }

    [Fact]
    public async Task AppendAsync_refuses_a_key_that_was_used_for_other_content_and_appends_nothing()
    {
        await AppendAsync(WithKey("k", "this"));

        var other = await AppendAsync(WithKey("k", "that"));

        Assert.Equal((AppendStatus.KeyConflict, 0), (other.Status, other.Entries.Count));
        Assert.Equal(1, await NewestAsync(Events, 1));
    }

    [Fact]
    public async Task AppendAsync_keeps_the_keys_of_channels_apart()
    {
        await AppendAsync(WithKey("k", "same"));

        var other = await AppendAsync(WithKey("k", "same") with { Channel = Plain });

        Assert.False(other.IsRepeat);
    }

    [Fact]
    public async Task AppendAsync_with_one_key_from_many_threads_appends_once()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AppendAsync(WithKey("k", "same")), TestContext.Current.CancellationToken)));

        Assert.Single(results, r => !r.IsRepeat);
        Assert.All(results, r => Assert.Equal(1, r.Entries[0].Offset));
    }

    [Fact]
    public async Task AppendAsync_ends_a_channel_and_refuses_what_comes_after()
    {
        await AppendAsync(new AppendRequest(Events, [Envelope("a"), Envelope("b")]) { EndsChannel = true, IdempotencyKey = "k" });

        Assert.Equal(2, (await LogAsync(Events)).EndOffset);
        Assert.Equal(AppendStatus.Ended, (await AppendAsync(new AppendRequest(Events, [Envelope("c")]))).Status);
        Assert.Equal(AppendStatus.Ended, (await AppendAsync(new AppendRequest(Events, [Envelope("a"), Envelope("c")]))).Status);
        var known = await AppendAsync(new AppendRequest(Events, [Envelope("a")]));
        Assert.Equal((AppendStatus.Done, new AppendEntry(1, "a", true)), (known.Status, known.Entries[0]));
        Assert.True((await AppendAsync(new AppendRequest(Events, []) { IdempotencyKey = "k" })).IsRepeat);
    }

    [Fact]
    public async Task AppendAsync_appends_for_the_present_epoch_only()
    {
        var epoch = (await AppendAsync(new AppendRequest(Plain, [Envelope("a")]))).Epoch;

        var refused = await AppendAsync(new AppendRequest(Plain, [Envelope("b")]) { IfEpoch = "another one" });
        var accepted = await AppendAsync(new AppendRequest(Plain, [Envelope("b")]) { IfEpoch = epoch });

        Assert.Equal((AppendStatus.EpochChanged, 0), (refused.Status, refused.Entries.Count));
        Assert.Equal((AppendStatus.Done, 2L), (accepted.Status, accepted.Entries[0].Offset));
    }

    [Fact]
    public async Task AppendAsync_keeps_every_member_of_an_envelope()
    {
        var envelope = Envelope("full") with
        {
            CorrelationId = "c1",
            RequiresAck = true,
            Tags = new Dictionary<string, string> { ["zone"] = "ü\n\"north\"" },
            ConflationKey = "state",
            Blocks = new Dictionary<string, FloatBlock> { ["field"] = FloatBlock.Of([1.5f, -2f], [2], "K") },
        };
        await AppendAsync(new AppendRequest(Plain, [envelope]));

        var frame = Assert.Single((await LogAsync(Plain, 1)).Read(1, 10, false));

        var got = frame.Envelope!;
        Assert.Equal(("full", "c1", true, envelope.Type, envelope.Timestamp), (got.EventId, got.CorrelationId, got.RequiresAck, got.Type, got.Timestamp));
        Assert.Equal((envelope.Payload, "state", envelope.Tags["zone"]), (got.Payload, frame.ConflationKey, got.Tags!["zone"]));
        Assert.Equal([1.5f, -2f], got.Blocks!["field"].ToFloats());
    }

    [Fact]
    public async Task A_reader_gets_what_many_publishers_append_in_one_order_without_a_hole()
    {
        await using var items = await ReadAsync(Plain, StartPoint.Live);
        var publishing = Enumerable.Range(0, 4).Select(p => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await AppendAsync(new AppendRequest(Plain, [Envelope($"{p}-{i}"), Envelope($"{p}-{i}b")]));
            }
        }, TestContext.Current.CancellationToken));

        await Task.WhenAll(publishing);

        for (var sequence = 1; sequence <= 400; sequence++)
        {
            Assert.Equal(sequence, (await NextAsync(items)).Frame!.Sequence);
        }
    }

    [Theory]
    [InlineData("short", 8, 4)]
    [InlineData("heavy", 30, 20)]
    public async Task A_channel_keeps_as_much_as_its_family_says(string name, int appended, int oldest)
    {
        var channel = ChannelName.Parse(name);
        for (var i = 0; i < appended; i++)
        {
            await AppendAsync(new AppendRequest(channel, [Envelope(string.Create(CultureInfo.InvariantCulture, $"e{i}"))]));
        }

        var log = await LogAsync(channel, appended);

        Assert.Equal((appended, oldest), (log.Newest, log.OldestKept));
    }

    [Fact]
    public async Task RenewAsync_forgets_frames_goes_on_counting_and_tells_readers()
    {
        await AppendAsync(new AppendRequest(Plain, [Envelope("a"), Envelope("b")]));
        await using var items = await ReadAsync(Plain, StartPoint.Oldest);
        await NextAsync(items);
        await NextAsync(items);

        var epoch = await (await StoreAsync()).RenewAsync(Plain, RecoveryReasons.PolicyChanged, null, TestContext.Current.CancellationToken);
        var next = await AppendAsync(new AppendRequest(Plain, [Envelope("c")]));

        Assert.Equal((epoch, 3L), (next.Epoch, next.Entries[0].Offset));
        var notice = (await NextAsync(items, StreamItemKinds.Subscribed)).Subscribed!;
        Assert.Equal((epoch, 2L, false, RecoveryReasons.PolicyChanged), (notice.Epoch, notice.Sequence, notice.Recovered, notice.Reason));
        Assert.Equal((epoch, 3L), ((await NextAsync(items)).Frame is { } frame ? (frame.Epoch, frame.Sequence) : default));
        Assert.Equal(3, (await LogAsync(Plain)).OldestKept);
    }

    [Fact]
    public async Task RenewAsync_for_the_same_version_again_changes_nothing()
    {
        var store = await StoreAsync();
        await store.OpenAsync(Plain, TestContext.Current.CancellationToken);

        var first = await store.RenewAsync(Plain, RecoveryReasons.PolicyChanged, "v1", TestContext.Current.CancellationToken);
        await AppendAsync(new AppendRequest(Plain, [Envelope("a")]));
        var same = await store.RenewAsync(Plain, RecoveryReasons.PolicyChanged, "v1", TestContext.Current.CancellationToken);
        var other = await store.RenewAsync(Plain, RecoveryReasons.PolicyChanged, "v2", TestContext.Current.CancellationToken);

        Assert.Equal(first, same);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task RenewAsync_of_a_channel_that_has_ended_gives_no_epoch()
    {
        await AppendAsync(new AppendRequest(Plain, [Envelope("a")]) { EndsChannel = true });

        Assert.Null(await (await StoreAsync()).RenewAsync(Plain, RecoveryReasons.PolicyChanged, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RenewAsync_and_FindAsync_make_no_channel()
    {
        var store = await StoreAsync();

        Assert.Null(await store.RenewAsync(Plain, RecoveryReasons.PolicyChanged, null, TestContext.Current.CancellationToken));
        Assert.Null(await store.FindAsync(Plain, TestContext.Current.CancellationToken));
        await AppendAsync(new AppendRequest(Plain, [Envelope("a")]));
        Assert.Equal(1, (await store.FindAsync(Plain, TestContext.Current.CancellationToken))!.Log.Newest);
    }

    [Fact]
    public async Task AppendAsync_does_nothing_once_cancelled()
    {
        var store = await StoreAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await store.AppendAsync(new AppendRequest(Events, [Envelope("a")]), new CancellationToken(canceled: true)));

        Assert.Null(await store.FindAsync(Events, TestContext.Current.CancellationToken));
    }

    private protected static Envelope Envelope(string eventId) => new()
    {
        Type = "test.thing",
        Timestamp = DateTimeOffset.UnixEpoch.AddMilliseconds(Interlocked.Increment(ref _last)),
        EventId = eventId,
        Payload = JsonPayload.FromValidUtf8("""{"n":1}"""u8.ToArray()),
    };

    private protected static AppendRequest WithKey(string key, string fingerprint) =>
        new(Events, [Envelope(Guid.NewGuid().ToString("N"))]) { IdempotencyKey = key, Fingerprint = fingerprint };

    private protected async Task<AppendResult> AppendAsync(AppendRequest request) =>
        await (await StoreAsync()).AppendAsync(request, TestContext.Current.CancellationToken);

    private protected async Task<ChannelLog> LogAsync(ChannelName channel, long atLeast = 0)
    {
        var log = (await (await StoreAsync()).OpenAsync(channel, TestContext.Current.CancellationToken))!.Log;
        Assert.True(log.Newest >= atLeast, $"{channel} stands at {log.Newest}; at least {atLeast} was appended.");
        return log;
    }

    private async Task<long> NewestAsync(ChannelName channel, long atLeast) => (await LogAsync(channel, atLeast)).Newest;

    private async Task<IAsyncEnumerator<StreamItem>> ReadAsync(ChannelName name, StartPoint start)
    {
        var channel = await (await StoreAsync()).OpenAsync(name, TestContext.Current.CancellationToken);
        var plan = new SubscribePlan { Id = "s1", Channel = name, Start = start, Policy = SlowConsumerPolicy.Lossless };
        var items = new ChannelStreamReader("c1", channel!, plan).ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await NextAsync(items, StreamItemKinds.Subscribed);
        return items;
    }

    private static async Task<StreamItem> NextAsync(IAsyncEnumerator<StreamItem> items, string kind = StreamItemKinds.Frame)
    {
        var next = items.MoveNextAsync().AsTask();
        await Soon.HappensAsync(next, $"a {kind} came");
        Assert.True(await next);
        Assert.Equal(kind, items.Current.Kind);
        return items.Current;
    }
}
