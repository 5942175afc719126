namespace RealtimeHub.Protocol.Auth;

/// <summary>A session has begun; its id is in an HttpOnly cookie only.</summary>
/// <param name="Principal">Who it is.</param>
/// <param name="ExpiresAt">When it ends, UTC.</param>
public sealed record SessionResult(PrincipalSummary Principal, DateTimeOffset ExpiresAt);
