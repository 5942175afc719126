using FsCheck.Fluent;
using RealtimeHub.Server.Hubs.Climate.Data.Clock;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data.Clock;

public class DataClockTests
{
    private static readonly DateTimeOffset First = new(2005, 8, 7, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = First.AddHours(24);
    private static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_replay_covers_an_hour_of_data_in_the_set_time()
    {
        var clock = Replay();

        Assert.Equal(First, clock.At(Origin).Time);
        Assert.Equal(First.AddMinutes(30), clock.At(Origin.AddSeconds(30)).Time);
        Assert.Equal(First.AddHours(3), clock.At(Origin.AddMinutes(3)).Time);
    }

    [Fact]
    public void Time_snaps_down_to_the_grid()
    {
        var clock = Replay();

        Assert.Equal(First.AddMinutes(1), clock.At(Origin.AddSeconds(1.999)).Time);
        Assert.Equal(First.AddMinutes(2), clock.At(Origin.AddSeconds(2)).Time);
    }

    [Fact]
    public void A_replay_rests_at_its_end_and_starts_again()
    {
        var clock = Replay();

        Assert.Equal((Last, 0L), TimeAndLap(clock, 24));
        Assert.Equal((Last, 0L), TimeAndLap(clock, 26.9));
        Assert.Equal((First, 1L), TimeAndLap(clock, 27));
        Assert.Equal((First.AddHours(5), 10L), TimeAndLap(clock, 275));
        Assert.Equal((Last, -1L), TimeAndLap(clock, -1));
    }

    [Fact]
    public void A_replay_that_does_not_loop_stays_at_its_end()
    {
        var clock = Replay(s => s with { Loops = false });

        Assert.Equal((First, 0L), TimeAndLap(clock, -5));
        Assert.Equal((Last, 0L), TimeAndLap(clock, 24));
        Assert.Equal((Last, 0L), TimeAndLap(clock, 1e6));
    }

    [Fact]
    public void Frames_of_three_data_hours_meet_every_analysis_in_every_lap()
    {
        var clock = Replay();
        var schedule = clock.Schedule(TimeSpan.FromMinutes(3));
        var at = Origin.AddSeconds(-1);

        for (var frame = 0; frame < 30; frame++)
        {
            var next = clock.NextFrame(schedule, at);
            Assert.Equal(First.AddHours(3 * (frame % 9)), next.Time);
            Assert.Equal(Origin.AddMinutes(3 * frame), next.Wall);
            at = next.Wall;
        }
    }

    [Fact]
    public void An_interval_is_lengthened_to_whole_steps()
    {
        var clock = Replay();

        Assert.Equal(new FrameSchedule(60, TimeSpan.FromMinutes(1)), clock.Schedule(TimeSpan.FromMinutes(1)));
        Assert.Equal(new FrameSchedule(3, TimeSpan.FromSeconds(3)), clock.Schedule(TimeSpan.FromSeconds(2.1)));
        Assert.Equal(new FrameSchedule(1, TimeSpan.FromSeconds(1)), clock.Schedule(TimeSpan.FromMilliseconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Schedule(TimeSpan.Zero));
    }

    [Fact]
    public void A_replay_names_the_original_date()
    {
        Assert.Equal("Replay: these data are of 2005-08-07T03:00:00.000Z, not of today.", Replay().At(Origin.AddMinutes(3)).ReplayNote);
        Assert.Null(Wall().At(Origin).ReplayNote);
    }

    [Fact]
    public void By_the_wall_clock_the_last_time_stays_until_there_is_a_later_one()
    {
        var clock = Wall();

        Assert.Equal(First.AddMinutes(61), clock.At(First.AddMinutes(61.5)).Time);
        Assert.Equal(Last, clock.At(Last.AddHours(2)).Time);
        Assert.Equal(First, clock.At(First.AddHours(-2)).Time);
        Assert.Equal(First.AddMinutes(62), clock.NextFrame(clock.Schedule(TimeSpan.FromSeconds(1)), First.AddMinutes(61.5)).Wall);
    }

    [Fact]
    public void Now_follows_the_time_provider()
    {
        var time = new ManualTimeProvider();
        var clock = new DataClock(Settings() with { Origin = time.GetUtcNow() }, time);

        time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal((time.GetUtcNow(), First.AddHours(6)), (clock.Now.Wall, clock.Now.Time));
    }

    [Fact]
    public void Times_are_on_the_grid_within_the_data_and_never_run_back_within_a_lap()
    {
        Properties.Hold(Gen.Zip(AnyClock(), Gen.ArrayOf(Gen.Choose(-1_000_000, 1_000_000), 2)).ToArbitrary(), sample =>
        {
            var (settings, numbers) = sample;
            var clock = new DataClock(settings, TimeProvider.System);
            var walls = numbers.Order().Select(n => Origin.AddSeconds(n * 1.37)).ToList();
            var (a, b) = (clock.At(walls[0]), clock.At(walls[1]));

            Assert.All([a, b], i => Assert.InRange(i.Time, settings.First, settings.Last));
            Assert.All([a, b], i => Assert.True(i.Time == settings.Last || (i.Time - settings.First).Ticks % settings.FrameStep.Ticks == 0));
            Assert.True(a.Step <= b.Step);
            Assert.True(a.Lap < b.Lap || (a.Lap == b.Lap && a.Time <= b.Time));
        });
    }

    [Fact]
    public void Frames_are_an_interval_apart_and_equal_schedules_fall_together()
    {
        Properties.Hold(Gen.Zip(AnyClock(), Gen.ArrayOf(Gen.Choose(0, 1_000_000), 2)).ToArbitrary(), sample =>
        {
            var (settings, numbers) = sample;
            var clock = new DataClock(settings, TimeProvider.System);
            var schedule = clock.Schedule(TimeSpan.FromSeconds(1 + (numbers[0] % 4_000)));
            var joined = Origin.AddSeconds(numbers[1] * 0.1);
            var first = clock.NextFrame(schedule, joined);
            var second = clock.NextFrame(schedule, first.Wall);

            Assert.True(first.Wall > joined);
            Assert.Equal(first, clock.LastFrame(schedule, first.Wall));
            Assert.Equal(first, clock.LastFrame(schedule, second.Wall.AddTicks(-1)));
            Assert.Equal(first with { Wall = joined }, clock.At(first.Wall) with { Wall = joined });
            Assert.InRange((second.Wall - first.Wall - schedule.Interval).Ticks, -1, 1);
            Assert.True(schedule.Interval >= TimeSpan.FromSeconds(1 + (numbers[0] % 4_000)));
        });
    }

    private static (DateTimeOffset Time, long Lap) TimeAndLap(DataClock clock, double dataHours)
    {
        var instant = clock.At(Origin.AddMinutes(dataHours));
        return (instant.Time, instant.Lap);
    }

    private static FsCheck.Gen<DataClockSettings> AnyClock() => Gen.ArrayOf(Gen.Choose(0, 1_000_000), 5).Select(n => new DataClockSettings(
        First,
        First.AddMinutes(n[0] % 5_000),
        TimeSpan.FromMinutes(n[1] % 400),
        TimeSpan.FromSeconds(1 + (n[2] % 4_000)),
        IsReplay: n[3] % 3 != 0,
        Loops: n[3] % 2 == 0,
        TimeSpan.FromMilliseconds(100 + n[4]),
        Origin));

    private static DataClock Replay(Func<DataClockSettings, DataClockSettings>? change = null) => new((change ?? (s => s))(Settings()), TimeProvider.System);

    private static DataClock Wall() => new(Settings() with { IsReplay = false }, TimeProvider.System);

    private static DataClockSettings Settings() =>
        new(First, Last, TimeSpan.FromHours(3), TimeSpan.FromMinutes(1), IsReplay: true, Loops: true, TimeSpan.FromMinutes(1), Origin);
}
