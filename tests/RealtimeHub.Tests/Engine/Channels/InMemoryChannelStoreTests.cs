using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Tests.Engine.Channels;

public class InMemoryChannelStoreTests
{
    private static readonly ChannelName Events = ChannelName.Parse("events");
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly EngineParts _parts = new();
    private readonly ChannelDirectory _directory;
    private readonly InMemoryChannelStore _store;

    public InMemoryChannelStoreTests()
    {
        _directory = _parts.Directory(
            100, EngineParts.Family(name: "events") with { DeduplicatesEventIds = true }, EngineParts.Family(name: "plain"));
        _store = new InMemoryChannelStore(_directory, _parts.Clock);
    }

    [Fact]
    public async Task AppendAsync_answers_with_epoch_offsets_and_event_ids()
    {
        var result = await AppendAsync(new AppendRequest(Events, [Envelope("a"), Envelope("b")]));

        Assert.Equal((AppendStatus.Done, Log.Epoch, false), (result.Status, result.Epoch, result.IsRepeat));
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
    public async Task AppendAsync_repeats_the_first_answer_for_five_minutes()
    {
        var first = await AppendAsync(WithKey("k", "same"));
        _parts.Clock.Advance(Window - TimeSpan.FromTicks(1));

        var again = await AppendAsync(WithKey("k", "same"));

        Assert.Equal(first with { IsRepeat = true }, again);
        Assert.Equal(1, Log.Newest);
    }

    [Fact]
    public async Task AppendAsync_appends_anew_after_five_minutes_and_remembers_that()
    {
        await AppendAsync(WithKey("k", "same"));
        _parts.Clock.Advance(Window);

        var anew = await AppendAsync(WithKey("k", "same"));
        var again = await AppendAsync(WithKey("k", "same"));

        Assert.Equal((false, 2L), (anew.IsRepeat, anew.Entries[0].Offset));
        Assert.Equal((true, 2L), (again.IsRepeat, again.Entries[0].Offset));
    }

    [Fact]
    public async Task AppendAsync_refuses_a_key_that_was_used_for_other_content_and_appends_nothing()
    {
        await AppendAsync(WithKey("k", "this"));

        var other = await AppendAsync(WithKey("k", "that"));

        Assert.Equal((AppendStatus.KeyConflict, 0), (other.Status, other.Entries.Count));
        Assert.Equal(1, Log.Newest);
    }

    [Fact]
    public async Task AppendAsync_keeps_the_keys_of_channels_apart()
    {
        await AppendAsync(WithKey("k", "same"));

        var other = await AppendAsync(WithKey("k", "same") with { Channel = ChannelName.Parse("plain") });

        Assert.False(other.IsRepeat);
    }

    [Fact]
    public void AppendAsync_with_one_key_from_many_threads_appends_once()
    {
        var results = new AppendResult[8];

        Threads.Run([.. Enumerable.Range(0, results.Length).Select(i => (Action)(() =>
            results[i] = _store.AppendAsync(WithKey("k", "same"), CancellationToken.None).AsTask().GetAwaiter().GetResult()))]);

        Assert.Equal(1, Log.Newest);
        Assert.Single(results, r => !r.IsRepeat);
        Assert.All(results, r => Assert.Equal(1, r.Entries[0].Offset));
    }

    [Fact]
    public async Task AppendAsync_ends_a_channel_and_refuses_what_comes_after()
    {
        await AppendAsync(new AppendRequest(Events, [Envelope("a"), Envelope("b")]) { EndsChannel = true, IdempotencyKey = "k" });
        Assert.Equal(2, Log.EndOffset);

        Assert.Equal(AppendStatus.Ended, (await AppendAsync(new AppendRequest(Events, [Envelope("c")]))).Status);
        Assert.Equal(AppendStatus.Ended, (await AppendAsync(new AppendRequest(Events, [Envelope("a"), Envelope("c")]))).Status);
        Assert.Equal(2, Log.Newest);

        var known = await AppendAsync(new AppendRequest(Events, [Envelope("a")]));
        Assert.Equal((AppendStatus.Done, new AppendEntry(1, "a", true)), (known.Status, known.Entries[0]));
        Assert.True((await AppendAsync(new AppendRequest(Events, []) { IdempotencyKey = "k" })).IsRepeat);
    }

    [Fact]
    public async Task AppendAsync_tells_when_the_node_holds_as_many_channels_as_it_may()
    {
        var directory = _parts.Directory(1, EngineParts.Family(name: "job") with { HasIds = true });
        var store = new InMemoryChannelStore(directory, _parts.Clock);
        await store.AppendAsync(new AppendRequest(ChannelName.Parse("job:1"), [Envelope("a")]), TestContext.Current.CancellationToken);

        var result = await store.AppendAsync(new AppendRequest(ChannelName.Parse("job:2"), [Envelope("a")]), TestContext.Current.CancellationToken);

        Assert.Equal((AppendStatus.TooManyChannels, 1), (result.Status, directory.Count));
    }

    [Fact]
    public async Task AppendAsync_does_nothing_once_cancelled()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await _store.AppendAsync(new AppendRequest(Events, [Envelope("a")]), new CancellationToken(canceled: true)));

        Assert.Equal(0, _directory.Count);
    }

    private ChannelLog Log => _directory.TryGet(Events, out var channel) ? channel.Log : throw new InvalidOperationException("No channel.");

    private static Envelope Envelope(string eventId) => TestEnvelopes.Envelope(eventId: eventId);

    private static AppendRequest WithKey(string key, string fingerprint) =>
        new(Events, [TestEnvelopes.Envelope()]) { IdempotencyKey = key, Fingerprint = fingerprint };

    private async Task<AppendResult> AppendAsync(AppendRequest request) => await _store.AppendAsync(request, TestContext.Current.CancellationToken);
}
