namespace RealtimeHub.Server.Auth.Tickets;

/// <summary>What one ticket is good for. Immutable.</summary>
/// <param name="Identity">Who asked for it, and by which credential; the connection ends with that.</param>
/// <param name="Hub">The hub's path.</param>
/// <param name="Origin">The page's origin; null for programs.</param>
/// <param name="ExpiresAt">Until when it waits, UTC.</param>
internal sealed record Ticket(Identity Identity, string Hub, string? Origin, DateTimeOffset ExpiresAt);
