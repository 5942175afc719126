using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Tests.Engine.Cursors;

namespace RealtimeHub.Tests.Engine.Channels;

public class ChannelTests
{
    private readonly EngineParts _parts = new();

    [Fact]
    public void Attach_wakes_a_cursor_that_is_behind_and_no_other()
    {
        var channel = _parts.Channel();
        channel.AppendMany(2);
        var reader = new RecordingReader();
        var (behind, live) = (Cursor(channel, reader, 0), Cursor(channel, reader, 2));

        channel.Attach(behind);
        channel.Attach(live);

        Assert.Equal([behind], reader.Woken);
        Assert.Equal(2, channel.CursorCount);
    }

    [Fact]
    public void FanOut_wakes_every_cursor_and_none_that_was_detached()
    {
        var channel = _parts.Channel();
        var reader = new RecordingReader();
        Cursor[] cursors = [.. Enumerable.Range(0, 5).Select(_ => Cursor(channel, reader, 0))];
        foreach (var cursor in cursors)
        {
            channel.Attach(cursor);
        }

        channel.Detach(cursors[1]);
        channel.Detach(cursors[1]);
        channel.Detach(cursors[4]);
        channel.AppendMany(1);
        channel.FanOutNow();

        Assert.Equal(new HashSet<Cursor> { cursors[0], cursors[2], cursors[3] }, [.. reader.Woken]);
        Assert.Equal(3, reader.Woken.Count);
        Assert.True(cursors[4].IsDetached);
    }

    [Fact]
    public void FanOut_closes_a_disconnect_reader_that_is_over_its_limit()
    {
        var channel = _parts.Channel();
        var reader = new RecordingReader();
        channel.Attach(new Cursor(channel, reader, EngineParts.Terms(SlowConsumerPolicy.Disconnect, frames: 2), 0));
        channel.AppendMany(2);
        channel.FanOutNow();
        Assert.Empty(reader.Closed);

        channel.AppendMany(1);
        channel.FanOutNow();

        Assert.Equal([CloseReasons.SlowConsumer], reader.Closed);
    }

    [Fact]
    public void AppendRaw_drops_what_every_reader_was_served()
    {
        var channel = _parts.Channel();
        var (slow, fast) = (new DrainingReader { IsStalled = true }, new DrainingReader());
        var slowCursor = new Cursor(channel, slow, CursorTerms.RawSends, 0);
        channel.Attach(slowCursor);
        channel.Attach(new Cursor(channel, fast, CursorTerms.RawSends, 0));

        AppendRaw(channel, 3);
        Assert.Equal(1, channel.Log.OldestKept);

        slow.IsStalled = false;
        AppendRaw(channel, 1);
        Assert.Equal((5, 4), (channel.Log.OldestKept, channel.Log.Newest));
    }

    [Fact]
    public void AppendRaw_keeps_what_was_appended_during_its_fan_out_for_a_reader_that_joined_meanwhile()
    {
        // A second sender and a newcomer come in while the first sender's frame is being handed out.
        var channel = _parts.Channel();
        var late = new DrainingReader { IsStalled = true };
        Cursor? joined = null;
        var early = new DrainingReader();
        early.Waking = () =>
        {
            if (joined is null)
            {
                joined = channel.AttachLive(late, CursorTerms.RawSends);
                AppendRaw(channel, 1);
            }
        };
        channel.Attach(new Cursor(channel, early, CursorTerms.RawSends, 0));

        AppendRaw(channel, 1);

        Assert.Equal(2, early.Served);
        Assert.Equal(["frame 2"], joined!.Take());
    }

    [Fact]
    public void AttachLive_begins_with_the_next_append()
    {
        var channel = _parts.Channel();
        channel.AppendMany(3);
        var reader = new RecordingReader();

        var cursor = channel.AttachLive(reader, CursorTerms.RawSends);
        channel.AppendMany(1);

        Assert.Equal(["frame 4"], cursor.Take());
        Assert.Empty(reader.Woken);
    }

    [Fact]
    public void ReadHistory_gives_envelopes_of_kept_frames()
    {
        var channel = _parts.Channel(EngineParts.Family(maxFrames: 3));
        channel.AppendMany(5);

        Assert.Equal([3, 4], channel.ReadHistory(1, 2, isDescending: false).Select(e => e.Sequence));
        Assert.Equal([5, 4], channel.ReadHistory(long.MaxValue, 2, isDescending: true).Select(e => e.Sequence));
    }

    [Fact]
    public void Append_counts_published_frames_but_no_duplicates()
    {
        var channel = _parts.Channel(EngineParts.Family() with { DeduplicatesEventIds = true });
        var envelope = TestEnvelopes.Envelope();

        channel.Append(envelope);
        channel.Append(envelope);

        Assert.Equal(1, _parts.Metrics.FramesPublished);
    }

    private static void AppendRaw(Channel channel, int count)
    {
        for (var i = 0; i < count; i++)
        {
            channel.AppendRaw(TestEnvelopes.RawMessage(), null);
        }
    }

    private static Cursor Cursor(Channel channel, ICursorReader reader, long served) => new(channel, reader, EngineParts.Terms(), served);

    /// <summary>A reader that takes everything when woken, unless it is stalled.</summary>
    private sealed class DrainingReader : ICursorReader
    {
        public string ConnectionId => "c1";

        public bool IsStalled { get; set; }

        public Action Waking { get; set; } = () => { };

        public long Served { get; private set; }

        public void Wake(Cursor cursor, bool isBurst = false)
        {
            Waking();
            if (!IsStalled)
            {
                cursor.Take();
                Served = cursor.Served;
            }
        }

        public void Close(CloseReason reason, string message) => Assert.Fail($"Closed: {message}");
    }
}
