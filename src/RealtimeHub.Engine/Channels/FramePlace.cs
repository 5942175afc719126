namespace RealtimeHub.Engine.Channels;

/// <summary>Where and when a frame was appended.</summary>
/// <param name="Offset">Its offset in the log.</param>
/// <param name="Stamp">Its rank among all appends of this node.</param>
/// <param name="BytesBefore">How many bytes were appended to the log before it, ever.</param>
/// <param name="AppendedAt">When, UTC.</param>
internal readonly record struct FramePlace(long Offset, long Stamp, long BytesBefore, DateTimeOffset AppendedAt);
