using RealtimeHub.Engine.Cursors;
using static RealtimeHub.Tests.Engine.Cursors.DeliveryText;

namespace RealtimeHub.Tests.Engine.Cursors;

/// <summary>Replay is paced by its reader: limits count from where the log stood when it began.</summary>
public class CursorReplayTests
{
    private readonly EngineParts _parts = new();

    [Theory]
    [InlineData(SlowConsumerPolicy.DropOldest)]
    [InlineData(SlowConsumerPolicy.DropNewest)]
    [InlineData(SlowConsumerPolicy.Sample)]
    [InlineData(SlowConsumerPolicy.Conflate)]
    [InlineData(SlowConsumerPolicy.Disconnect)]
    public void P12_MoveNext_replays_every_kept_frame_however_many_they_are(SlowConsumerPolicy policy)
    {
        var channel = _parts.Channel();
        for (var i = 0; i < 20; i++)
        {
            channel.Append(TestEnvelopes.Envelope(key: "a"));
        }

        var cursor = new Cursor(channel, new RecordingReader(), EngineParts.Terms(policy, frames: 3), served: 5);

        Assert.False(cursor.IsOverLimit);
        Assert.Equal(Frames(6, 20), cursor.Take());
    }

    [Fact]
    public void P12_MoveNext_replays_every_kept_frame_after_a_resync()
    {
        var cursor = Cursor(appended: 20, served: 20);

        cursor.Seek(new CursorSeek(5, null));

        Assert.Equal(["yield", .. Frames(6, 20)], cursor.Take());
    }

    [Fact]
    public void MoveNext_lets_the_policy_act_on_what_came_during_the_replay()
    {
        var cursor = Cursor(appended: 10, served: 0);
        cursor.Take(4);
        cursor.Channel.AppendMany(10);

        Assert.Equal(
            [.. Frames(5, 10), "degraded drop_oldest 10", "gap 11-17 x7 drop_oldest", .. Frames(18, 20), "restored 20"],
            cursor.Take());
    }

    [Fact]
    public void FanOut_closes_no_disconnect_reader_for_what_it_replays()
    {
        var channel = _parts.Channel();
        channel.AppendMany(20);
        var reader = new RecordingReader();
        var cursor = new Cursor(channel, reader, EngineParts.Terms(SlowConsumerPolicy.Disconnect, frames: 3), 0);
        channel.Attach(cursor);

        channel.AppendMany(1);
        channel.FanOutNow();

        Assert.Empty(reader.Closed);
        Assert.Equal(Frames(1, 21), cursor.Take());
    }

    [Fact]
    public void MoveNext_tells_the_gap_of_an_expired_start_whatever_the_policy()
    {
        var channel = _parts.Channel(EngineParts.Family(maxFrames: 5));
        channel.AppendMany(20);

        var cursor = new Cursor(channel, new RecordingReader(), EngineParts.Terms(SlowConsumerPolicy.Disconnect, frames: 3), 2);

        Assert.Equal(["gap 3-15 x13 expired", .. Frames(16, 20)], cursor.Take());
    }

    private Cursor Cursor(int appended, long served)
    {
        var channel = _parts.Channel();
        channel.AppendMany(appended);
        return new Cursor(channel, new RecordingReader(), EngineParts.Terms(SlowConsumerPolicy.DropOldest, frames: 3), served);
    }
}
