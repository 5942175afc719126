using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Tests.Engine.Pumps;

public class ConnectionPumpRedeliveryTests
{
    private readonly PumpParts _one = new();

    [Fact]
    public void Redeliver_writes_the_frame_again_ahead_of_newer_ones()
    {
        var channel = _one.Engine.Channel();
        var subscription = _one.Subscribe(channel);
        var frame = channel.Append();
        channel.FanOutNow();
        _one.Sink.IsStalled = true;
        channel.AppendMany(2);
        channel.FanOutNow();

        subscription.Redeliver(Pending(frame));
        _one.Sink.Resume();

        Assert.Equal(["subscribed 0", "frame 1", "frame 2", "frame 1", "frame 3"], _one.Sink.Written);
    }

    [Fact]
    public void Redeliver_waits_for_the_notice_that_the_subscription_has_started()
    {
        var (channel, other) = (_one.Engine.Channel(), _one.Engine.Channel(name: "other"));
        channel.AppendMany(3);
        _one.Read(other);
        _one.Sink.IsStalled = true;
        other.AppendRaw(TestEnvelopes.RawMessage("raw"), null);

        var subscription = _one.Subscribe(channel, served: 2);
        subscription.Redeliver(Pending(channel.Log.TryGet(1)!));
        _one.Sink.Resume();

        Assert.Equal(["raw", "subscribed 2", "frame 1", "frame 3"], _one.Sink.Written);
    }

    [Fact]
    public void Redeliver_leaves_out_what_was_acknowledged_meanwhile()
    {
        var channel = _one.Engine.Channel();
        var subscription = _one.Subscribe(channel);
        var pending = Pending(channel.Append());
        channel.FanOutNow();
        _one.Sink.IsStalled = true;
        _one.Pump.Heartbeat();
        subscription.Redeliver(pending);

        pending.IsAcknowledged = true;
        _one.Sink.Resume();

        Assert.Equal(["subscribed 0", "frame 1", "heartbeat s1:1/1"], _one.Sink.Written);
    }

    [Fact]
    public void Redeliver_twice_before_the_write_sends_once()
    {
        var channel = _one.Engine.Channel();
        var subscription = _one.Subscribe(channel);
        var pending = Pending(channel.Append());
        channel.FanOutNow();
        _one.Sink.IsStalled = true;
        _one.Pump.Heartbeat();

        subscription.Redeliver(pending);
        subscription.Redeliver(pending);
        _one.Sink.Resume();

        Assert.Equal(["subscribed 0", "frame 1", "heartbeat s1:1/1", "frame 1"], _one.Sink.Written);
    }

    private PendingAck Pending(Frame frame) => new(frame, _one.Engine.Clock.GetUtcNow());
}
