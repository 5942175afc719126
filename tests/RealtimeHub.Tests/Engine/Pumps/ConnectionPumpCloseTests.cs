using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Tests.Engine.Pumps;

public class ConnectionPumpCloseTests
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly PumpParts _one = new(userId: "u1");

    [Fact]
    public async Task Close_says_why_then_closes_then_cuts_the_connection_after_the_timeout()
    {
        var channel = _one.Engine.Channel();
        _one.Read(channel, EngineParts.Terms());

        _one.Pump.Close(CloseReasons.ServerShutdown, "bye");
        channel.AppendMany(1);
        channel.FanOutNow();

        Assert.Equal(["control SERVER_SHUTDOWN True", "close True"], _one.Sink.Written);
        Assert.True(_one.Pump.IsClosing);
        Assert.False(_one.Sink.Aborted.IsCompleted);
        _one.Engine.Clock.Advance(CloseTimeout);
        await Soon.HappensAsync(_one.Sink.Aborted, "the connection was cut");
    }

    [Fact]
    public void Close_tells_the_client_to_stay_away_where_the_reason_says_so()
    {
        _one.Pump.Close(CloseReasons.SessionClosed, "bye");

        Assert.Equal(["control SESSION_CLOSED False", "close False"], _one.Sink.Written);
    }

    [Fact]
    public async Task Close_of_a_stuck_connection_cuts_it_after_the_timeout_without_a_word()
    {
        var channel = _one.Engine.Channel();
        _one.Read(channel, EngineParts.Terms());
        _one.Sink.IsStalled = true;
        channel.AppendMany(2);
        channel.FanOutNow();

        _one.Pump.Close(CloseReasons.Idle, "bye");
        _one.Engine.Clock.Advance(CloseTimeout);

        await Soon.HappensAsync(_one.Sink.Aborted, "the connection was cut");
        Assert.Equal(["frame 1"], _one.Sink.Written);
        _one.Sink.Resume();
        Assert.Equal(["frame 1"], _one.Sink.Written);
    }

    [Fact]
    public void Close_goes_ahead_of_frames_that_wait()
    {
        var channel = _one.Engine.Channel();
        _one.Read(channel, EngineParts.Terms());
        _one.Sink.IsStalled = true;
        channel.AppendMany(5);
        channel.FanOutNow();

        _one.Pump.Close(CloseReasons.ServerShutdown, "bye");
        _one.Sink.Resume();

        Assert.Equal(["frame 1", "control SERVER_SHUTDOWN True", "close True"], _one.Sink.Written);
    }

    [Fact]
    public void Close_again_changes_nothing()
    {
        _one.Pump.Close(CloseReasons.ServerShutdown, "bye");
        _one.Pump.Close(CloseReasons.Idle, "bye");

        Assert.Equal(["control SERVER_SHUTDOWN True", "close True"], _one.Sink.Written);
    }

    [Fact]
    public void Wake_closes_a_connection_whose_policy_is_to_disconnect()
    {
        var channel = _one.Engine.Channel();
        _one.Read(channel, EngineParts.Terms(SlowConsumerPolicy.Disconnect, frames: 3));
        channel.AppendMany(4);

        channel.FanOutNow();

        Assert.Equal(["control SLOW_CONSUMER True", "close True"], _one.Sink.Written);
    }

    [Fact]
    public async Task Fan_out_closes_a_stuck_connection_that_has_gone_over_its_limit()
    {
        var channel = _one.Engine.Channel();
        _one.Read(channel);
        _one.Sink.IsStalled = true;

        for (var i = 0; i <= LagLimits.RawSends.Frames; i++)
        {
            channel.AppendRaw(TestEnvelopes.RawMessage(), null);
        }

        Assert.False(_one.Pump.IsClosing);
        channel.AppendRaw(TestEnvelopes.RawMessage(), null);
        Assert.True(_one.Pump.IsClosing);
        _one.Engine.Clock.Advance(CloseTimeout);
        await Soon.HappensAsync(_one.Sink.Aborted, "the connection was cut");
    }

    [Fact]
    public void Close_for_not_reading_is_remembered_for_the_user_s_next_resume_once()
    {
        var engine = _one.Engine.Context();
        var sink = new ScriptedSink();
        var pump = new ConnectionPump("c2", "u2", sink, engine);
        var channel = _one.Engine.Channel(name: "slow");
        pump.Subscriptions.TryAdd(new(pump, channel, EngineParts.Terms(), 0));

        pump.Close(CloseReasons.SlowConsumer, "too slow");

        Assert.False(engine.SlowConsumers.Take("u2", "other"));
        Assert.False(engine.SlowConsumers.Take("u3", "slow"));
        Assert.False(engine.SlowConsumers.Take(null, "slow"));
        Assert.True(engine.SlowConsumers.Take("u2", "slow"));
        Assert.False(engine.SlowConsumers.Take("u2", "slow"));
    }

    [Fact]
    public void Close_for_not_reading_is_forgotten_after_ten_minutes()
    {
        var memory = new SlowConsumerMemory(_one.Engine.Clock);
        _one.Subscribe(_one.Engine.Channel(name: "slow"));
        memory.Remember(_one.Pump);

        _one.Engine.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.False(memory.Take("u1", "slow"));
    }
}
