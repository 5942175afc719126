using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Filters;
using static RealtimeHub.Tests.Engine.Cursors.DeliveryText;

namespace RealtimeHub.Tests.Engine.Cursors;

public class CursorTests
{
    private readonly EngineParts _parts = new();
    private readonly RecordingReader _reader = new();

    [Fact]
    public void MoveNext_gives_frames_in_order_then_nothing()
    {
        var cursor = Cursor(EngineParts.Terms());
        cursor.Channel.AppendMany(3);

        Assert.Equal(Frames(1, 3), cursor.Take());
        Assert.False(cursor.HasWork);
        Assert.Equal((3, 0), (cursor.Served, cursor.Lag));

        cursor.Channel.AppendMany(1);
        Assert.True(cursor.HasWork);
        Assert.Equal(["frame 4"], cursor.Take());
    }

    [Fact]
    public void MoveNext_tells_one_gap_ahead_of_the_oldest_kept_frame()
    {
        var cursor = Cursor(EngineParts.Terms(), maxFrames: 4);
        cursor.Channel.AppendMany(10);

        Assert.Equal(["gap 1-6 x6 expired", .. Frames(7, 10)], cursor.Take());
    }

    [Fact]
    public void P20_MoveNext_tells_a_gap_in_its_place_when_overtaken()
    {
        var cursor = Cursor(EngineParts.Terms(), maxFrames: 4);
        cursor.Channel.AppendMany(4);
        var before = cursor.Take(2);

        cursor.Channel.AppendMany(5);

        Assert.Equal(Frames(1, 2), before);
        Assert.Equal(["gap 3-5 x3 expired", .. Frames(6, 9)], cursor.Take());
    }

    [Fact]
    public void MoveNext_tells_that_the_policy_acts_then_the_gap_then_frames_and_last_that_it_has_caught_up()
    {
        var cursor = Cursor(EngineParts.Terms(SlowConsumerPolicy.DropOldest, frames: 3));
        cursor.Channel.AppendMany(10);

        Assert.Equal(["degraded drop_oldest 10", "gap 1-7 x7 drop_oldest", .. Frames(8, 10), "restored 10"], cursor.Take());
    }

    [Fact]
    public void MoveNext_tells_that_the_policy_acts_once_until_it_has_caught_up()
    {
        var cursor = Cursor(EngineParts.Terms(SlowConsumerPolicy.DropOldest, frames: 3));
        cursor.Channel.AppendMany(10);
        cursor.Take(3);
        cursor.Channel.AppendMany(10);

        Assert.Equal(["gap 9-17 x9 drop_oldest", .. Frames(18, 20), "restored 20"], cursor.Take());

        cursor.Channel.AppendMany(10);
        Assert.Equal("degraded drop_oldest 10", cursor.Take()[0]);
    }

    [Fact]
    public void MoveNext_tells_two_gaps_when_the_log_and_the_policy_lost_frames()
    {
        var cursor = Cursor(EngineParts.Terms(SlowConsumerPolicy.DropOldest, frames: 2), maxFrames: 5);
        cursor.Channel.AppendMany(10);

        Assert.Equal(["gap 1-5 x5 expired", "degraded drop_oldest 5", "gap 6-8 x3 drop_oldest", .. Frames(9, 10), "restored 10"], cursor.Take());
    }

    [Fact]
    public void MoveNext_of_drop_newest_delivers_what_was_held_then_tells_the_gap()
    {
        var cursor = Cursor(EngineParts.Terms(SlowConsumerPolicy.DropNewest, frames: 3));
        cursor.Channel.AppendMany(10);

        Assert.Equal([.. Frames(1, 3), "degraded drop_newest 7", "gap 4-10 x7 drop_newest", "restored 10"], cursor.Take());
    }

    [Fact]
    public void MoveNext_of_sample_tells_that_the_policy_acts_before_what_it_skipped()
    {
        var cursor = Cursor(EngineParts.Terms(SlowConsumerPolicy.Sample, frames: 2));
        cursor.Channel.AppendMany(8);

        Assert.Equal(["degraded compress 8", "skipped 1-3 x3 sampled", "frame 4", "frame 6", "frame 8", "restored 8"], cursor.Take());
        Assert.Equal("skipped 5-7 x2 sampled", Notice(cursor));
    }

    [Fact]
    public void MoveNext_of_conflate_keeps_the_newest_of_each_key()
    {
        var cursor = Cursor(EngineParts.Terms(SlowConsumerPolicy.Conflate, frames: 2));
        foreach (var key in new[] { "a", "b", "a", "b", "c" })
        {
            cursor.Channel.Append(TestEnvelopes.Envelope(key: key));
        }

        Assert.Equal(["degraded conflate 5", "skipped 1-2 x2 conflated", .. Frames(3, 5), "restored 5"], cursor.Take());
    }

    [Fact]
    public void MoveNext_of_disconnect_says_so_and_stays()
    {
        var cursor = Cursor(EngineParts.Terms(SlowConsumerPolicy.Disconnect, frames: 2));
        cursor.Channel.AppendMany(3);

        Assert.Equal(["disconnect"], cursor.Take());
        Assert.Equal(0, cursor.Served);
    }

    [Fact]
    public void MoveNext_merges_filtered_frames_and_tells_them_at_most_once_a_second()
    {
        var cursor = Cursor(EngineParts.Terms() with { Filter = Only("want.*") });
        Append(cursor, "no.a", "no.b", "want.c", "no.d", "want.e", "no.f", "want.g");
        Assert.Equal(["skipped 1-2 x2 filtered", "frame 3", "frame 5", "frame 7"], cursor.Take());

        _parts.Clock.Advance(TimeSpan.FromSeconds(1));
        Append(cursor, "no.h", "want.i", "no.j");
        Assert.Equal(["skipped 4-8 x3 filtered", "frame 9"], cursor.Take());

        Assert.Equal("skipped 10-10 x1 filtered", Notice(cursor));
        Assert.Null(Notice(cursor));
        Assert.Equal(10, cursor.Served);
    }

    [Fact]
    public void MoveNext_tells_filtered_frames_ahead_of_a_gap_and_of_skips_with_another_reason()
    {
        var cursor = Cursor(EngineParts.Terms(SlowConsumerPolicy.Sample, frames: 4) with { Filter = Only("want.*") }, maxFrames: 8);
        Append(cursor, "no.a", "no.b");
        Assert.Empty(cursor.Take());

        cursor.Channel.AppendMany(16);

        Assert.Equal(["skipped 1-2 x2 filtered", "degraded compress 8", "gap 3-10 x8 expired", "skipped 11-11 x1 sampled"], cursor.Take(4));
    }

    [Fact]
    public void MoveNext_passes_over_no_more_than_a_thousand_filtered_frames_in_one_turn()
    {
        var cursor = Cursor(EngineParts.Terms(frames: 10_000) with { Filter = Only("want.*") }, maxFrames: 10_000);
        cursor.Channel.AppendMany(3_000);

        Assert.Equal(DeliveryKind.Yield, cursor.MoveNext().Kind);
        Assert.InRange(cursor.Served, 1, 1_100);
    }

    [Fact]
    public void MoveNext_takes_a_changed_filter_from_the_next_frame_on()
    {
        var cursor = Cursor(EngineParts.Terms() with { Filter = Only("a.*") });
        Append(cursor, "a.1", "b.1");
        cursor.Take();

        cursor.Filter = Only("b.*");
        Append(cursor, "a.2", "b.2");

        Assert.Equal("frame 4", cursor.Take()[^1]);
    }

    [Fact]
    public void MoveNext_leaves_out_frames_that_exclude_its_connection_without_a_word()
    {
        var channel = _parts.Channel();
        var excluded = new Cursor(channel, new RecordingReader("c1"), CursorTerms.RawSends, 0);
        var other = new Cursor(channel, new RecordingReader("c2"), CursorTerms.RawSends, 0);

        channel.Log.Append(TestEnvelopes.RawMessage(), null);
        channel.Log.Append(TestEnvelopes.RawMessage(), new HashSet<string> { "c1" });
        channel.Log.Append(TestEnvelopes.RawMessage(), new HashSet<string> { "c3" });

        Assert.Equal(["frame 1", "frame 3"], excluded.Take());
        Assert.Equal(Frames(1, 3), other.Take());
        Assert.Equal(3, excluded.Served);
    }

    [Fact]
    public void NextStamp_is_the_next_frame_s_or_the_largest_and_zero_while_seeking()
    {
        var cursor = Cursor(EngineParts.Terms());
        Assert.Equal(long.MaxValue, cursor.NextStamp());

        var frame = cursor.Channel.Append();
        Assert.Equal(frame.Stamp, cursor.NextStamp());

        cursor.Seek(new CursorSeek(0, null));
        Assert.Equal(0, cursor.NextStamp());
    }

    [Fact]
    public void TryQueue_grants_one_claim_until_taken_back_and_none_once_detached()
    {
        var cursor = Cursor(EngineParts.Terms());

        Assert.Equal((true, false), (cursor.TryQueue(), cursor.TryQueue()));
        cursor.Unqueue();
        Assert.True(cursor.TryQueue());

        cursor.Detach();
        cursor.Unqueue();
        Assert.False(cursor.TryQueue());
        Assert.True(cursor.IsDetached);
    }

    private static FrameFilter Only(string pattern) => new([EventPattern.TryParse(pattern, out var parsed) ? parsed : null!], null);

    private static string? Notice(Cursor cursor) => cursor.TakeNotice() is { } notice ? Of(notice) : null;

    private static void Append(Cursor cursor, params IEnumerable<string> types)
    {
        foreach (var type in types)
        {
            cursor.Channel.Append(TestEnvelopes.Envelope(type));
        }
    }

    private Cursor Cursor(CursorTerms terms, int maxFrames = 1000) => new(_parts.Channel(EngineParts.Family(maxFrames)), _reader, terms, 0);
}
