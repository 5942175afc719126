namespace RealtimeHub.Server.Hubs.Climate.Data.Clock;

/// <summary>How a data clock runs.</summary>
/// <remarks>
/// First: the first time of the data, where its grid of frame times starts.
/// Last: the last time of the data; the clock never passes it.
/// RestAtEnd: how long, in data time, a looping replay rests at its last time before it starts again.
/// FrameStep: the step of the grid of frame times, in data time.
/// WallTimePerDataHour: the pace of a replay.
/// Origin: when, by the wall clock, a replay shows its first time.
/// </remarks>
internal sealed record DataClockSettings(
    DateTimeOffset First,
    DateTimeOffset Last,
    TimeSpan RestAtEnd,
    TimeSpan FrameStep,
    bool IsReplay,
    bool Loops,
    TimeSpan WallTimePerDataHour,
    DateTimeOffset Origin);
