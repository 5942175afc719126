using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Tests.Server.Hubs.Events.Schema;
using static RealtimeHub.Tests.Engine.Cursors.DeliveryText;

namespace RealtimeHub.Tests.Engine.Cursors;

/// <summary>Cursors that are sent elsewhere, or end.</summary>
public class CursorSeekTests
{
    private static readonly FrameFilter Nothing = new([], null);

    private readonly EngineParts _parts = new();
    private readonly RecordingReader _reader = new();

    [Fact]
    public void Seek_wakes_the_reader_and_starts_again_from_there_after_saying_so()
    {
        var cursor = Cursor(EngineParts.Terms());
        cursor.Channel.AppendMany(5);
        cursor.Take();

        cursor.Seek(To(2));

        Assert.Equal([cursor], _reader.Woken);
        Assert.True(cursor is { HasWork: true, IsSeeking: true });
        Assert.Equal(["subscribed 2", .. Frames(3, 5)], cursor.Take());
        Assert.False(cursor.IsSeeking);
    }

    [Fact]
    public void Seek_forgets_what_was_skipped_or_lost_before_it()
    {
        var cursor = Cursor(EngineParts.Terms(SlowConsumerPolicy.DropOldest, frames: 3) with { Filter = Nothing });
        cursor.Channel.AppendMany(2);
        cursor.Take();
        cursor.Channel.AppendMany(8);
        Assert.Equal(["skipped 1-2 x2 filtered", "degraded drop_oldest 8"], cursor.Take(2));

        cursor.Filter = null;
        cursor.Seek(To(8));

        Assert.Equal(["subscribed 8", .. Frames(9, 10)], cursor.Take());
    }

    [Fact]
    public void Seek_to_an_expired_position_tells_the_gap_right_after_the_notice()
    {
        var cursor = Cursor(EngineParts.Terms(), maxFrames: 4);
        cursor.Channel.AppendMany(10);
        cursor.Take();

        cursor.Seek(To(3));

        Assert.Equal(["subscribed 3", "gap 4-6 x3 expired", .. Frames(7, 10)], cursor.Take());
    }

    [Fact]
    public void Seek_that_stays_says_where_it_stands_when_its_turn_comes()
    {
        var cursor = Cursor(EngineParts.Terms());
        cursor.Channel.AppendMany(5);
        cursor.Take(2);

        cursor.Seek(new CursorSeek(null, Start(0)));

        Assert.Equal(["subscribed 2", .. Frames(3, 5)], cursor.Take());
    }

    [Fact]
    public void Seek_that_stays_tells_what_was_passed_over_before_its_notice()
    {
        var cursor = Cursor(EngineParts.Terms(SlowConsumerPolicy.DropOldest, frames: 3) with { Filter = Nothing });
        cursor.Channel.AppendMany(2);
        cursor.Take();
        cursor.Channel.AppendMany(8);
        cursor.Take(1);

        cursor.Seek(new CursorSeek(null, Start(0)));

        Assert.Equal(["degraded drop_oldest 8", "gap 3-7 x5 drop_oldest", "subscribed 7"], cursor.Take(3));
    }

    [Fact]
    public void Seek_that_stays_does_not_undo_one_that_is_still_to_come()
    {
        var cursor = Cursor(EngineParts.Terms());
        cursor.Channel.AppendMany(5);
        cursor.Take();

        cursor.Seek(To(2));
        cursor.Seek(new CursorSeek(null, Start(5) with { Events = ["a.*"] }));

        var subscribed = Assert.IsType<Subscribed>(cursor.MoveNext().Notice);
        Assert.Equal((2, true, "a.*"), (subscribed.Sequence, subscribed.Recovered, subscribed.Events?.Single()));
        Assert.Equal(Frames(3, 5), cursor.Take());
    }

    [Fact]
    public void Seek_twice_goes_to_the_later_place()
    {
        var cursor = Cursor(EngineParts.Terms());
        cursor.Channel.AppendMany(5);

        cursor.Seek(To(1));
        cursor.Seek(To(4));

        Assert.Equal(["subscribed 4", "frame 5"], cursor.Take());
    }

    [Fact]
    public void MoveNext_ends_once_it_has_passed_the_last_frame_of_an_ended_channel()
    {
        var cursor = Cursor(EngineParts.Terms());
        cursor.Channel.AppendMany(3);

        cursor.Channel.Log.End();

        Assert.Equal([.. Frames(1, 3), "ended 3 completed"], cursor.Take());
    }

    [Fact]
    public void MoveNext_ends_at_once_on_a_channel_that_ended_before()
    {
        var cursor = Cursor(EngineParts.Terms(), served: 3);
        cursor.Channel.AppendMany(3);
        cursor.Channel.Log.End();

        Assert.True(cursor.HasWork);
        Assert.Equal(["ended 3 completed"], cursor.Take());
    }

    [Fact]
    public void MoveNext_tells_what_was_passed_over_or_lost_before_it_ends()
    {
        var cursor = Cursor(EngineParts.Terms() with { Filter = Nothing }, maxFrames: 4);
        cursor.Channel.AppendMany(10);

        cursor.Channel.Log.End();

        Assert.Equal(["gap 1-6 x6 expired", "skipped 7-10 x4 filtered", "ended 10 completed"], cursor.Take());
    }

    [Fact]
    public void End_stops_where_it_stands_and_says_why()
    {
        var cursor = Cursor(EngineParts.Terms());
        cursor.Channel.AppendMany(5);
        cursor.Take(2);

        cursor.End(new Unsubscribed("s1", "test", cursor.Channel.Log.Epoch, 0, ErrorCodes.ChannelForbidden.Code));

        Assert.Equal([cursor], _reader.Woken);
        Assert.Equal(["ended 2 CHANNEL_FORBIDDEN"], cursor.Take());
    }

    [Theory]
    [InlineData("nem-seq-5")]
    [InlineData("nem-seq-6")]
    [InlineData("nem-seq-7")]
    public void MoveNext_replays_what_the_vectors_expect(string id)
    {
        var vector = EventVectors.Case("ack-and-sequence.json", id);
        var cursor = Cursor(EngineParts.Terms());
        cursor.Channel.AppendMany(vector.GetProperty("publish_count").GetInt32());

        cursor.Seek(To(vector.GetProperty("since").GetInt64()));

        var expected = vector.GetProperty("expect").GetProperty("sequences").EnumerateArray().Select(s => $"frame {s.GetInt64()}");
        Assert.Equal(expected, cursor.Take().Skip(1));
    }

    private static Subscribed Start(long sequence) => new() { Id = "s1", Channel = "test", Epoch = "epoch", Sequence = sequence };

    private static CursorSeek To(long served) => new(served, Start(served) with { Recovered = true });

    private Cursor Cursor(CursorTerms terms, int maxFrames = 1000, long served = 0) =>
        new(_parts.Channel(EngineParts.Family(maxFrames)), _reader, terms, served);
}
