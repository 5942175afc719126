namespace RealtimeHub.Server.Auth.Sessions;

/// <summary>One browser session. Immutable.</summary>
/// <param name="Principal">Who it is.</param>
/// <param name="ExpiresAt">When it ends: an ISO 8601 instant. One that cannot be read has ended.</param>
/// <param name="CredentialId">What it was begun with, so that revoking that ends the session too.</param>
/// <param name="BegunAt">When it was begun, UTC.</param>
internal sealed record Session(Principal Principal, string ExpiresAt, string CredentialId, DateTimeOffset BegunAt);
