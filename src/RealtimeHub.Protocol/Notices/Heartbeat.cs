namespace RealtimeHub.Protocol.Notices;

/// <summary>Tells that the connection lives and where its subscriptions stand, so that even an idle client sees a hole.</summary>
/// <param name="Timestamp">The server's clock, UTC.</param>
/// <param name="IntervalSeconds">When the next one is due.</param>
/// <param name="Positions">One entry per subscription.</param>
public sealed record Heartbeat(DateTimeOffset Timestamp, int IntervalSeconds, IReadOnlyList<SubscriptionPosition> Positions);
