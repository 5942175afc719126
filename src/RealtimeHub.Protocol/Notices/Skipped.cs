namespace RealtimeHub.Protocol.Notices;

/// <summary>Frames withheld on purpose. Merged: the range may hold frames that were delivered, which do not count.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Epoch">The epoch of the offsets.</param>
/// <param name="From">The first offset withheld.</param>
/// <param name="To">The last offset withheld.</param>
/// <param name="Count">How many offsets of the range were withheld: exactly those not received.</param>
/// <param name="Reason">From <see cref="SkipReasons"/>.</param>
public sealed record Skipped(string Channel, string Epoch, long From, long To, long Count, string Reason);
