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
