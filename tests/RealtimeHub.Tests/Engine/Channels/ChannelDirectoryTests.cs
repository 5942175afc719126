using System.Globalization;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Tests.Engine.Cursors;

namespace RealtimeHub.Tests.Engine.Channels;

public class ChannelDirectoryTests
{
    private readonly EngineParts _parts = new();

    [Fact]
    public void TryGetOrAdd_gives_one_channel_per_name()
    {
        var directory = Directory(100);

        Assert.True(directory.TryGetOrAdd(Job(1), out var first));
        Assert.True(directory.TryGetOrAdd(Job(1), out var again));
        Assert.True(directory.TryGetOrAdd(ChannelName.Parse("events"), out _));

        Assert.Same(first, again);
        Assert.Equal(2, directory.Count);
        Assert.True(directory.TryGet(Job(1), out _));
        Assert.False(directory.TryGet(Job(2), out _));
    }

    [Theory]
    [InlineData("events", true)]
    [InlineData("events:1", false)]
    [InlineData("job:1", true)]
    [InlineData("job:a:b", true)]
    [InlineData("job", false)]
    [InlineData("jobs:1", false)]
    public void TryGetFamily_wants_an_id_exactly_where_the_family_has_ids(string name, bool expected)
    {
        var directory = Directory(100);

        Assert.Equal(expected, directory.TryGetFamily(ChannelName.Parse(name), out _));
        if (!expected)
        {
            Assert.Throws<ArgumentException>(() => directory.TryGetOrAdd(ChannelName.Parse(name), out _));
        }
    }

    [Fact]
    public void TryGetOrAdd_refuses_a_newcomer_while_every_channel_is_in_use()
    {
        var directory = Directory(2);
        Add(directory, 1).AppendMany(1);
        Add(directory, 2).Attach(Cursor(Add(directory, 2)));

        Assert.False(directory.TryGetOrAdd(Job(3), out _));

        Assert.True(directory.TryGetOrAdd(Job(1), out _));
    }

    [Fact]
    public void TryGetOrAdd_forgets_the_channel_that_is_idle_longest()
    {
        var directory = Directory(3);
        foreach (var job in new[] { 2, 1, 3 })
        {
            Add(directory, job);
            _parts.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.True(directory.TryGetOrAdd(Job(4), out _));

        Assert.Equal(["job:1", "job:3", "job:4"], directory.Channels.Select(c => c.Name).Order());
    }

    [Fact]
    public void P3_TryGetOrAdd_of_a_forgotten_channel_starts_a_new_epoch()
    {
        var directory = Directory(1);
        var channel = Add(directory, 1);
        channel.AppendMany(5);
        _parts.Clock.Advance(TimeSpan.FromHours(25));
        directory.Trim();

        Add(directory, 2);
        var again = Add(directory, 1);

        Assert.NotEqual(channel.Log.Epoch, again.Log.Epoch);
        Assert.Equal(0, again.Log.Newest);
    }

    [Fact]
    public void Trim_leaves_an_idle_channel_its_position()
    {
        var directory = Directory(10);
        var channel = Add(directory, 1);
        channel.AppendMany(5);
        var position = channel.Log.Position;

        _parts.Clock.Advance(TimeSpan.FromHours(25));
        directory.Trim();

        Assert.Equal((position, 0), (Add(directory, 1).Log.Position, channel.Log.BytesKept));
    }

    [Fact]
    public void TryGetOrAdd_from_many_threads_never_holds_more_than_it_may()
    {
        var directory = Directory(20);

        Threads.Run([.. Enumerable.Range(0, 4).Select(t => (Action)(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                if (directory.TryGetOrAdd(Job((i * 7) + t), out var channel))
                {
                    channel.AppendMany(1);
                }
            }
        }))]);

        Assert.Equal(20, directory.Count);
    }

    private static ChannelName Job(int id) => ChannelName.Parse($"job:{id.ToString(CultureInfo.InvariantCulture)}");

    private static RealtimeHub.Engine.Cursors.Cursor Cursor(Channel channel) => new(channel, new RecordingReader(), EngineParts.Terms(), 0);

    private static Channel Add(ChannelDirectory directory, int job) =>
        directory.TryGetOrAdd(Job(job), out var channel) ? channel : throw new InvalidOperationException($"No room for job {job}.");

    private ChannelDirectory Directory(int maxChannels) =>
        _parts.Directory(maxChannels, EngineParts.Family(name: "events"), EngineParts.Family(name: "job") with { HasIds = true });
}
