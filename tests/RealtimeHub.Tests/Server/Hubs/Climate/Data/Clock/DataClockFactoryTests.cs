using Microsoft.Extensions.Options;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Clock;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data.Clock;

public class DataClockFactoryTests
{
    [Theory]
    [InlineData(-7, true)]
    [InlineData(-6, false)]
    [InlineData(3, false)]
    [InlineData(30, true)]
    public void Create_replays_what_is_not_current(int lastHoursFromNow, bool isReplay)
    {
        var time = new ManualTimeProvider();
        var last = time.GetUtcNow().AddHours(lastHoursFromNow);

        var clock = Factory(time).Create(new FieldTimes([last.AddHours(-24), last]));

        Assert.Equal(isReplay, clock.IsReplay);
    }

    [Theory]
    [InlineData(DataClockMode.Replay, true)]
    [InlineData(DataClockMode.WallClock, false)]
    public void Create_obeys_a_set_mode(object mode, bool isReplay)
    {
        var time = new ManualTimeProvider();

        Assert.Equal(isReplay, Factory(time, o => o.Clock = (DataClockMode)mode).Create(new FieldTimes([time.GetUtcNow()])).IsReplay);
    }

    [Fact]
    public void Create_plays_a_loop_alike_on_every_server_and_a_single_run_from_the_start()
    {
        var time = new ManualTimeProvider();
        var first = new DateTimeOffset(2005, 8, 7, 0, 0, 0, TimeSpan.Zero);
        var times = new FieldTimes([first, first.AddHours(24)]);
        var early = Factory(time);
        var single = Factory(time, o => o.Loop = false);
        time.Advance(TimeSpan.FromMinutes(7.25));

        Assert.Equal(early.Create(times).Now, Factory(time).Create(times).Now);
        Assert.Equal(first.AddHours(7.25), single.Create(times).Now.Time);
    }

    private static DataClockFactory Factory(ManualTimeProvider time, Action<ClimateDataOptions>? change = null)
    {
        var options = new ClimateDataOptions();
        change?.Invoke(options);
        return new DataClockFactory(Options.Create(options), time);
    }
}
