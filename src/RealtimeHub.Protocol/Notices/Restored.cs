namespace RealtimeHub.Protocol.Notices;

/// <summary>A degraded subscription has caught up.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Sequence">The offset up to which it is served.</param>
public sealed record Restored(string Channel, long Sequence);
