using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.Climate.Data.Clock;

/// <summary>Makes the clock that plays a source's times. Thread-safe.</summary>
internal sealed class DataClockFactory(IOptions<ClimateDataOptions> options, TimeProvider time)
{
    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <summary>The clock of these times as of now; a source that has others needs another clock.</summary>
    /// <remarks>
    /// A looping replay counts from 1970, so that all servers show the same time and a restart changes nothing; one that does not loop starts with
    /// the server.
    /// </remarks>
    public DataClock Create(FieldTimes times)
    {
        var settings = options.Value;
        return new DataClock(
            new DataClockSettings(
                times.First,
                times.Last,
                times.Step,
                settings.FrameStep,
                IsReplay(times),
                settings.Loop,
                settings.WallTimePerDataHour,
                settings.Loop ? DateTimeOffset.UnixEpoch : _started),
            time);
    }

    /// <summary>How long a replay takes for an hour of data where nobody asks for another pace.</summary>
    public TimeSpan WallTimePerDataHour => options.Value.WallTimePerDataHour;

    /// <summary>The clock that plays a part of a source's times once, from a moment of the wall clock on.</summary>
    public DataClock History(FieldTimes times, DateTimeOffset start, DateTimeOffset end, TimeSpan wallTimePerDataHour, DateTimeOffset origin)
    {
        // Frame times lie on the one grid that starts at the first time of the data, so that history and the present meet the same ones.
        var step = options.Value.FrameStep;
        var first = times.First + (step * Math.Floor((start - times.First) / step));
        return new DataClock(
            new DataClockSettings(first, end > first ? end : first, TimeSpan.Zero, step, true, false, wallTimePerDataHour, origin), time);
    }

    private bool IsReplay(FieldTimes times)
    {
        var now = time.GetUtcNow();
        return options.Value.Clock switch
        {
            DataClockMode.Replay => true,
            DataClockMode.WallClock => false,
            _ => now < times.First || now - times.Last > options.Value.CurrentWithin,
        };
    }
}
