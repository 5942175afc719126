namespace RealtimeHub.Engine.Channels;

/// <summary>The place of one envelope.</summary>
/// <param name="Offset">Its offset.</param>
/// <param name="EventId">Its id.</param>
/// <param name="IsDuplicate">Whether a frame with this event id stood there before.</param>
public readonly record struct AppendEntry(long Offset, string EventId, bool IsDuplicate);
