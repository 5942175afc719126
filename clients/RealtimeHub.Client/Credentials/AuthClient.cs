using RealtimeHub.Client.Channels;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Auth;

namespace RealtimeHub.Client.Credentials;

/// <summary>Credentials over HTTP: who one is, and tickets for those who should not hold the credential itself.</summary>
/// <remarks>Thread-safe. Calls throw <see cref="ProtocolErrorException"/> when the server refuses and <see cref="RealtimeConnectionException"/> when it cannot be reached.</remarks>
public sealed class AuthClient : IDisposable
{
    private readonly HttpApi _http;

    internal AuthClient(RealtimeClientOptions options) => _http = new HttpApi(options);

    /// <summary>Who the caller is, and what it may do.</summary>
    public Task<PrincipalSummary> MeAsync(CancellationToken cancellationToken = default) =>
        _http.SendAsync<PrincipalSummary>(HttpMethod.Get, "/auth/me", null, null, cancellationToken);

    /// <summary>Fetches a ticket that opens one WebSocket to one hub within 30 s; whoever gets it passes it as <see cref="RealtimeCredential.Bearer(string)"/>.</summary>
    /// <param name="hub">The hub's path, such as <c>/hubs/events</c>.</param>
    /// <param name="origin">The origin of the page that will use it. Default: none, for programs.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<TicketResult> IssueTicketAsync(string hub, string? origin = null, CancellationToken cancellationToken = default) =>
        _http.PostAsync<TicketRequest, TicketResult>("/auth/tickets", new TicketRequest { Hub = hub, Origin = origin }, cancellationToken);

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _http.Dispose();
}
