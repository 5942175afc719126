namespace RealtimeHub.Server.Hubs.Climate.Data.Clock;

/// <summary>Maps the wall clock to the times of one source. Immutable and thread-safe; equal settings give equal times on every machine.</summary>
/// <remarks>
/// Time moves in steps of a grid that starts at the first time of the data. A replay covers an hour of data in a set time. When it loops, it
/// rests at its last time for a while, so that a lap is a whole number of the data's own steps, and frames that meet the source's
/// times in one lap meet them in all. By the wall clock, the last time stays until the source has a later one.
/// </remarks>
internal sealed class DataClock
{
    private readonly DataClockSettings _settings;
    private readonly TimeProvider _time;
    private readonly long _stepsPerLap;

    public DataClock(DataClockSettings settings, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Last, settings.First);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(settings.FrameStep, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(settings.WallTimePerDataHour, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.RestAtEnd, TimeSpan.Zero);
        _settings = settings;
        _time = time;
        _stepsPerLap = Math.Max(1, DivideUp((settings.Last - settings.First + settings.RestAtEnd).Ticks, settings.FrameStep.Ticks));
    }

    public bool IsReplay => _settings.IsReplay;

    public DataInstant Now => At(_time.GetUtcNow());

    // Where the grid starts on the wall clock: by the wall clock both are the same.
    private DateTimeOffset Origin => IsReplay ? _settings.Origin : _settings.First;

    /// <summary>What the clock shows at a moment.</summary>
    public DataInstant At(DateTimeOffset wall) => Show(StepAt(wall), wall);

    /// <summary>The plan for frames that are this far apart by the wall clock.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not positive.</exception>
    public FrameSchedule Schedule(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        var steps = Math.Max(1, StepsIn(interval.Ticks, roundUp: true));
        return new FrameSchedule(steps, TimeSpan.FromTicks(WallTicks(steps)));
    }

    /// <summary>The schedule whose interval this is, or the next faster one.</summary>
    public FrameSchedule ScheduleWithin(TimeSpan interval)
    {
        var steps = Math.Max(1, StepsIn(interval.Ticks, roundUp: false));
        return new FrameSchedule(steps, TimeSpan.FromTicks(WallTicks(steps)));
    }

    /// <summary>The first frame of a schedule that is due after a moment; its wall time is when.</summary>
    public DataInstant NextFrame(FrameSchedule schedule, DateTimeOffset after)
    {
        var step = (FloorDivide(StepAt(after), schedule.StepsPerFrame) + 1) * schedule.StepsPerFrame;
        return Show(step, Origin.AddTicks(WallTicks(step)));
    }

    /// <summary>The newest frame of a schedule that was due at a moment.</summary>
    public DataInstant LastFrame(FrameSchedule schedule, DateTimeOffset at)
    {
        var step = FloorDivide(StepAt(at), schedule.StepsPerFrame) * schedule.StepsPerFrame;
        return Show(step, Origin.AddTicks(WallTicks(step)));
    }

    private DataInstant Show(long step, DateTimeOffset wall)
    {
        var isLooping = _settings is { IsReplay: true, Loops: true };
        var lap = isLooping ? FloorDivide(step, _stepsPerLap) : 0;
        var stepInLap = Math.Max(0, step - (lap * _stepsPerLap));

        // Compared in steps, since far beyond the end there is no time to compare.
        var isAtEnd = stepInLap >= DivideUp((_settings.Last - _settings.First).Ticks, _settings.FrameStep.Ticks);
        var time = isAtEnd ? _settings.Last : _settings.First.AddTicks(stepInLap * _settings.FrameStep.Ticks);
        return new DataInstant(wall, time, IsReplay, step, lap);
    }

    private long StepAt(DateTimeOffset wall) => StepsIn((wall - Origin).Ticks, roundUp: false);

    // Whole steps in a span of the wall clock.
    private long StepsIn(long wallTicks, bool roundUp)
    {
        var (dataTicks, perWallTicks) = Pace();
        var numerator = (Int128)wallTicks * dataTicks;
        var denominator = (Int128)perWallTicks * _settings.FrameStep.Ticks;
        var quotient = numerator / denominator;
        var isExact = quotient * denominator == numerator;
        return (long)(isExact ? quotient : roundUp ? quotient + (wallTicks > 0 ? 1 : 0) : quotient - (wallTicks < 0 ? 1 : 0));
    }

    // The wall time at which a step begins: the earliest tick that StepsIn counts to it.
    private long WallTicks(long steps)
    {
        var (dataTicks, perWallTicks) = Pace();
        var numerator = (Int128)steps * _settings.FrameStep.Ticks * perWallTicks;
        var quotient = numerator / dataTicks;
        return (long)(quotient * dataTicks < numerator ? quotient + 1 : quotient);
    }

    private (long DataTicks, long PerWallTicks) Pace() =>
        IsReplay ? (TimeSpan.TicksPerHour, _settings.WallTimePerDataHour.Ticks) : (1, 1);

    private static long DivideUp(long value, long by) => (value + by - 1) / by;

    private static long FloorDivide(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}
