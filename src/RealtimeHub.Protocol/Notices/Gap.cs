namespace RealtimeHub.Protocol.Notices;

/// <summary>Loss, announced in its place in the order: these frames will not come on this subscription.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Epoch">The epoch of the offsets.</param>
/// <param name="From">The first offset lost.</param>
/// <param name="To">The last offset lost.</param>
/// <param name="Count">How many frames were lost: all of <paramref name="From"/> to <paramref name="To"/>.</param>
/// <param name="Reason">From <see cref="GapReasons"/>: the log no longer had them, or the slow-consumer policy dropped them.</param>
public sealed record Gap(string Channel, string Epoch, long From, long To, long Count, string Reason);
