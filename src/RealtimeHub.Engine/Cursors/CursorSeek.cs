using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Cursors;

/// <summary>An order to a cursor's reader: go to this offset and say so.</summary>
/// <param name="Served">Everything up to this offset counts as served; null to stay.</param>
/// <param name="Notice">What to say, if anything.</param>
internal sealed record CursorSeek(long? Served, Subscribed? Notice);
