using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Auth;

/// <summary>Asks for a one-use ticket that opens one WebSocket.</summary>
public sealed record TicketRequest : HubRequest
{
    /// <summary>The hub's path, such as <c>/hubs/events</c>.</summary>
    public string? Hub { get; init; }

    /// <summary>The origin of the page that will use it. Default: the request's own <c>Origin</c>; without one the ticket is for programs, which send none.</summary>
    public string? Origin { get; init; }
}
