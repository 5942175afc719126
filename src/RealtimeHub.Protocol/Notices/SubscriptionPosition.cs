namespace RealtimeHub.Protocol.Notices;

/// <summary>Where one subscription stands.</summary>
/// <param name="Id">The subscriber's own id for it.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Epoch">The epoch of the channel's log.</param>
/// <param name="Sequence">Everything up to here was sent, announced as lost, or announced as skipped, before this message.</param>
/// <param name="Newest">The newest offset of the channel: the difference is the lag.</param>
public sealed record SubscriptionPosition(string Id, string Channel, string Epoch, long Sequence, long Newest);
