using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using static RealtimeHub.Tests.Engine.Cursors.DeliveryText;

namespace RealtimeHub.Tests.Engine.Pumps;

public class ConnectionPumpTests
{
    private readonly PumpParts _one = new();

    [Fact]
    public void Wake_writes_what_is_behind_and_stops_when_nothing_is()
    {
        var channel = _one.Engine.Channel();
        _one.Subscribe(channel);

        channel.AppendMany(3);
        channel.FanOutNow();
        channel.FanOutNow();

        Assert.Equal(["subscribed 0", .. Frames(1, 3)], _one.Sink.Written);
        Assert.Equal(3, _one.Pump.Delivered);
    }

    [Fact]
    public void Wake_returns_though_a_write_never_completes_and_others_get_everything()
    {
        var other = new PumpParts(_one.Engine, "c2");
        var channel = _one.Engine.Channel();
        _one.Read(channel);
        other.Read(channel);
        _one.Sink.IsStalled = true;

        for (var i = 1; i <= 100; i++)
        {
            channel.AppendRaw(TestEnvelopes.RawMessage($"{i}"), null);
        }

        Assert.Equal(["1"], _one.Sink.Written);
        Assert.Equal(Enumerable.Range(1, 100).Select(i => $"{i}"), other.Sink.Written);
    }

    [Fact]
    public void Wake_is_made_up_for_when_the_unfinished_write_completes()
    {
        var channel = _one.Engine.Channel();
        _one.Read(channel, EngineParts.Terms());
        _one.Sink.IsStalled = true;
        channel.AppendMany(5);
        channel.FanOutNow();
        channel.AppendMany(5);
        channel.FanOutNow();

        _one.Sink.Resume();

        Assert.Equal(Frames(1, 10), _one.Sink.Written);
    }

    [Fact]
    public void Wake_keeps_the_order_in_which_several_logs_were_appended_to()
    {
        Channel[] channels = [.. Enumerable.Range(0, 3).Select(i => _one.Engine.Channel(name: $"raw{i}"))];
        foreach (var channel in channels)
        {
            _one.Read(channel);
        }

        _one.Sink.IsStalled = true;
        foreach (var i in Enumerable.Range(1, 60))
        {
            channels[i * 7 % 5 % 3].AppendRaw(TestEnvelopes.RawMessage($"{i}"), null);
        }

        _one.Sink.Resume();

        Assert.Equal(Enumerable.Range(1, 60).Select(i => $"{i}"), _one.Sink.Written);
    }

    [Fact]
    public async Task Wake_makes_a_bounded_number_of_writes_and_the_pool_goes_on()
    {
        var channel = _one.Engine.Channel();
        _one.Read(channel, EngineParts.Terms());
        channel.AppendMany(500);
        var all = _one.Sink.WrittenAsync(500);
        var waker = 0;

        Threads.Run(() =>
        {
            waker = Environment.CurrentManagedThreadId;
            channel.FanOutNow();
        });
        await Soon.HappensAsync(all, "500 frames were written");

        Assert.Equal(64, _one.Sink.WrittenBy(waker));
        Assert.Equal(Frames(1, 500), _one.Sink.Written);
    }

    [Fact]
    public void Wake_writes_the_end_of_a_channel_and_forgets_the_subscription()
    {
        var channel = _one.Engine.Channel();
        _one.Subscribe(channel);
        channel.AppendMany(1);

        channel.Log.End();
        channel.FanOutNow();

        Assert.Equal(["subscribed 0", "frame 1", "ended 1 completed"], _one.Sink.Written);
        Assert.Equal((0, 0), (_one.Pump.Subscriptions.Count, channel.CursorCount));
    }

    [Fact]
    public void Wake_writes_nothing_more_of_a_subscription_that_was_removed()
    {
        var channel = _one.Engine.Channel();
        var subscription = _one.Subscribe(channel);
        _one.Sink.IsStalled = true;
        channel.AppendMany(5);
        channel.FanOutNow();

        _one.Pump.Subscriptions.Remove(subscription);
        _one.Sink.Resume();
        channel.AppendMany(5);
        channel.FanOutNow();

        Assert.Equal(["subscribed 0", "frame 1"], _one.Sink.Written);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("fails at once")]
    [InlineData("fails later")]
    public async Task Wake_of_a_connection_whose_write_fails_cuts_that_connection_alone(string how)
    {
        var other = new PumpParts(_one.Engine, "c2");
        var channel = _one.Engine.Channel();
        _one.Read(channel, EngineParts.Terms());
        other.Read(channel, EngineParts.Terms());
        _one.Sink.Script = how is "throws" ? _ => throw new IOException(how) : _ => ValueTask.FromException(new IOException(how));
        _one.Sink.IsStalled = how is "fails later";

        channel.AppendMany(3);
        channel.FanOutNow();
        if (how is "fails later")
        {
            _one.Sink.Resume(new IOException(how));
        }

        await Soon.HappensAsync(_one.Sink.Aborted, "the connection was cut");
        channel.AppendMany(1);
        channel.FanOutNow();
        Assert.Equal(["frame 1"], _one.Sink.Written);
        Assert.Equal(Frames(1, 4), other.Sink.Written);
        Assert.False(other.Sink.Closed.IsCancellationRequested);
    }

    [Fact]
    public void Heartbeat_carries_every_subscription_s_position()
    {
        var (busy, idle) = (_one.Engine.Channel(name: "busy"), _one.Engine.Channel(name: "idle"));
        busy.AppendMany(3);
        _one.Subscribe(busy, EngineParts.Terms() with { Id = "b" });
        _one.Subscribe(idle, EngineParts.Terms() with { Id = "i" });

        _one.Pump.Heartbeat();

        Assert.Equal("heartbeat b:3/3 i:0/0", _one.Sink.Written[^1]);
    }

    [Fact]
    public void Heartbeat_tells_what_was_skipped_first()
    {
        var channel = _one.Engine.Channel();
        _one.Subscribe(channel, EngineParts.Terms() with { Filter = new([], null) });
        channel.AppendMany(3);
        channel.FanOutNow();

        _one.Pump.Heartbeat();

        Assert.Equal(["subscribed 0", "skipped 1-3 x3 filtered", "heartbeat s1:3/3"], _one.Sink.Written);
    }

    [Fact]
    public void Heartbeat_between_the_notice_that_a_policy_acts_and_its_gap_waits_for_the_gap()
    {
        var channel = _one.Engine.Channel();
        _one.Subscribe(channel, EngineParts.Terms(SlowConsumerPolicy.DropOldest, frames: 2));
        _one.Sink.IsStalled = true;
        channel.AppendMany(5);
        channel.FanOutNow();

        _one.Pump.Heartbeat();
        _one.Sink.Resume();

        Assert.Equal(
            ["subscribed 0", "degraded drop_oldest 5", "gap 1-3 x3 drop_oldest", "heartbeat s1:3/5", "frame 4", "frame 5", "restored 5"],
            _one.Sink.Written);
    }

    [Fact]
    public void Heartbeat_is_written_once_for_each_call_though_the_connection_stalls()
    {
        _one.Sink.IsStalled = true;
        _one.Pump.Heartbeat();
        _one.Pump.Heartbeat();
        _one.Pump.Heartbeat();

        _one.Sink.Resume();

        Assert.Equal(["heartbeat", "heartbeat"], _one.Sink.Written);
    }
}
