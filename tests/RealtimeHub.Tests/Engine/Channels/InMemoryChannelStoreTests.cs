using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Tests.Engine.Channels;

/// <summary>The store of a single node.</summary>
public class InMemoryChannelStoreTests : ChannelStoreContract
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly EngineParts _parts = new();
    private readonly ChannelDirectory _directory;
    private readonly InMemoryChannelStore _store;

    public InMemoryChannelStoreTests()
    {
        _directory = _parts.Directory(100, Families);
        _store = new InMemoryChannelStore(_directory, _parts.Clock);
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
    public async Task AppendAsync_tells_when_the_node_holds_as_many_channels_as_it_may()
    {
        var directory = _parts.Directory(1, EngineParts.Family(name: "job") with { HasIds = true });
        var store = new InMemoryChannelStore(directory, _parts.Clock);
        await store.AppendAsync(new AppendRequest(ChannelName.Parse("job:1"), [Envelope("a")]), TestContext.Current.CancellationToken);

        var result = await store.AppendAsync(new AppendRequest(ChannelName.Parse("job:2"), [Envelope("a")]), TestContext.Current.CancellationToken);

        Assert.Equal((AppendStatus.TooManyChannels, 1), (result.Status, directory.Count));
    }

    private ChannelLog Log => _directory.TryGet(Events, out var channel) ? channel.Log : throw new InvalidOperationException("No channel.");

    private protected override ValueTask<IChannelStore> StoreAsync() => ValueTask.FromResult<IChannelStore>(_store);
}
