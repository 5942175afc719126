namespace RealtimeHub.Server.Hubs.Climate.Data.Clock;

internal enum DataClockMode
{
    /// <summary>By the wall clock where the data are current, else as a replay.</summary>
    Auto,

    /// <summary>The times of the data pass at a pace of their own.</summary>
    Replay,

    /// <summary>The times of the data are those of the wall clock.</summary>
    WallClock,
}
