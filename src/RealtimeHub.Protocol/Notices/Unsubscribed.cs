using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Notices;

/// <summary>A subscription has ended by the server's decision; nothing of it follows.</summary>
/// <param name="Id">The subscriber's own id for it.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Epoch">The epoch of the channel's log.</param>
/// <param name="Sequence">Everything up to here was accounted for.</param>
/// <param name="Reason"><c>completed</c> when the channel has ended, else the code of <paramref name="Error"/>.</param>
/// <param name="Error">Why it was ended, unless the channel completed.</param>
public sealed record Unsubscribed(string Id, string Channel, string Epoch, long Sequence, string Reason, ProtocolError? Error = null);
