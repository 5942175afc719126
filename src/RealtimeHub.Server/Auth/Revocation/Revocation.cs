namespace RealtimeHub.Server.Auth.Revocation;

/// <summary>That a principal or a credential is no longer accepted.</summary>
/// <param name="Principal">The principal all of whose credentials issued until now are revoked; null to revoke one credential.</param>
/// <param name="Credential">The credential's id, such as <c>api_key:desk</c> or <c>jwt:7f3a</c>; null to revoke a principal.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who revoked it.</param>
internal sealed record Revocation(string? Principal, string? Credential, DateTimeOffset At, string? By);
