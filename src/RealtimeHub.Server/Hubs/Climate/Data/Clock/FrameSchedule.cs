namespace RealtimeHub.Server.Hubs.Climate.Data.Clock;

/// <summary>When frames are due: every so many steps of a data clock's grid, counted from its origin, so equal intervals fall together.</summary>
/// <param name="StepsPerFrame">Steps of the grid from one frame to the next.</param>
/// <param name="Interval">Wall time between frames: the interval that was asked for, lengthened to whole steps.</param>
internal readonly record struct FrameSchedule(long StepsPerFrame, TimeSpan Interval);
