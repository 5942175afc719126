namespace RealtimeHub.Server.Publishing;

/// <summary>What an event gets that it does not say itself.</summary>
/// <param name="EventId">A new id.</param>
/// <param name="Timestamp">When the server received it.</param>
internal readonly record struct EnvelopeDefaults(string EventId, DateTimeOffset Timestamp);
