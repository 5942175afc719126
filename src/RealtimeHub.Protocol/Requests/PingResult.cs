namespace RealtimeHub.Protocol.Requests;

/// <summary>The answer to a ping.</summary>
/// <param name="Type">Always <c>pong</c>.</param>
/// <param name="Timestamp">The server's clock, UTC.</param>
public sealed record PingResult(string Type, DateTimeOffset Timestamp);
