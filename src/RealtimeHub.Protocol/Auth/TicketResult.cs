namespace RealtimeHub.Protocol.Auth;

/// <summary>A ticket: pass it as the SignalR access token.</summary>
/// <param name="Ticket">The secret; good for one WebSocket.</param>
/// <param name="Hub">The hub that it opens.</param>
/// <param name="Origin">The origin that it is bound to; absent for programs.</param>
/// <param name="ExpiresAt">Until when it can be used, UTC.</param>
public sealed record TicketResult(string Ticket, string Hub, string? Origin, DateTimeOffset ExpiresAt)
{
    /// <summary>Names no secret.</summary>
    public override string ToString() => $"{nameof(TicketResult)} {{ {Hub} }}";
}
