namespace RealtimeHub.Protocol.Requests;

/// <summary>One channel that the caller may read.</summary>
/// <param name="Channel">Its name.</param>
/// <param name="Epoch">The epoch of its log.</param>
/// <param name="Sequence">Its newest offset.</param>
/// <param name="Oldest">The oldest offset kept; one above the newest when none is.</param>
/// <param name="Frames">How many frames are kept.</param>
/// <param name="Bytes">How many bytes they take.</param>
/// <param name="Subscriptions">How many subscriptions and streams read it now.</param>
/// <param name="Hub">The path of the hub that serves it.</param>
public sealed record ChannelSummary(
    string Channel, string Epoch, long Sequence, long Oldest, int Frames, long Bytes, int Subscriptions, string? Hub);
