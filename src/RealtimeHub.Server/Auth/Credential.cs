namespace RealtimeHub.Server.Auth;

/// <summary>What a principal was recognised by: nothing secret.</summary>
/// <param name="Scheme">From <see cref="CredentialSchemes"/>.</param>
/// <param name="Id">Identifies it for revocation, such as <c>api_key:desk</c>.</param>
/// <param name="ExpiresAt">When it ends, UTC; null when it does not.</param>
/// <param name="IssuedAt">When it was issued, UTC, where that is known.</param>
/// <param name="BegunWith">The credential that it was exchanged for, if any: it ends with that.</param>
public sealed record Credential(string Scheme, string Id, DateTimeOffset? ExpiresAt = null, DateTimeOffset? IssuedAt = null, string? BegunWith = null);
