namespace RealtimeHub.Server.Auth;

/// <summary>A principal and what it was recognised by. Immutable.</summary>
public sealed record Identity(Principal Principal, Credential Credential);
