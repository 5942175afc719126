using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth.Tickets;

namespace RealtimeHub.Server.Auth.Schemes;

/// <summary>One-use tickets, as the SignalR access token. Negotiation checks one; the WebSocket spends it; nothing else takes it. Thread-safe.</summary>
internal sealed class TicketScheme(TicketBook tickets) : ICredentialScheme
{
    private const int MaxLength = 100;

    public ValueTask<CredentialOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var secret = CredentialRequest.BearerOf(context.Request)
            ?? CredentialRequest.QueryOf(context, "access_token")
            ?? CredentialRequest.QueryOf(context, "ticket");
        return ValueTask.FromResult(
            secret is not null && secret.StartsWith(TicketBook.Prefix, StringComparison.Ordinal) && !context.Request.Headers.ContainsKey(CredentialRequest.ApiKeyHeader)
                ? Check(context, secret)
                : CredentialOutcome.None);
    }

    private CredentialOutcome Check(HttpContext context, string secret)
    {
        var isWebSocket = CredentialRequest.IsWebSocket(context);
        if (CredentialRequest.IsHub(context.Request) && !isWebSocket && !CredentialRequest.IsNegotiate(context.Request))
        {
            return CredentialOutcome.Refused(ErrorCodes.TicketNeedsWebSocket, "a ticket for another transport than WebSockets");
        }

        if (secret.Length > MaxLength || tickets.Take(secret, context.Request.Path.Value!, Origin.Of(context.Request), isWebSocket) is not { } ticket)
        {
            return CredentialOutcome.Refused(ErrorCodes.InvalidTicket, "a ticket that is unknown, spent, expired or bound to another hub or origin");
        }

        return CredentialOutcome.Accepted(ticket.Identity);
    }
}
