using RealtimeHub.Client.Channels;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Credentials;
using RealtimeHub.Protocol.Auth;

namespace RealtimeHub.Client.Account;

/// <summary>Who the caller is, and sessions and tickets in place of credentials.</summary>
/// <remarks>Thread-safe. Calls throw <see cref="ProtocolErrorException"/> when the server refuses and <see cref="RealtimeConnectionException"/> when it cannot be reached.</remarks>
public sealed class AccountClient : IDisposable
{
    private readonly HttpApi _http;

    internal AccountClient(RealtimeClientOptions options) => _http = new HttpApi(options);

    /// <summary>Who the server takes the caller for, and what it may do.</summary>
    public Task<PrincipalSummary> WhoAmIAsync(CancellationToken cancellationToken = default) =>
        _http.SendAsync<PrincipalSummary>(HttpMethod.Get, "/auth/me", null, null, cancellationToken);

    /// <summary>Exchanges the credential for a session, so that the credential itself need not be kept.</summary>
    public Task<AccountSession> BeginSessionAsync(CancellationToken cancellationToken = default) =>
        _http.SendAsync(HttpMethod.Post, "/auth/session", null, null, ReadSessionAsync, cancellationToken);

    /// <summary>Signs out: the session that is the credential ends, with its connections.</summary>
    public Task EndSessionAsync(CancellationToken cancellationToken = default) =>
        _http.SendAsync(HttpMethod.Delete, "/auth/session", null, null, (_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>Fetches a ticket that opens one WebSocket to one hub within 30 s; whoever gets it passes it as <see cref="RealtimeCredential.Bearer(string)"/>.</summary>
    /// <param name="hub">The hub's path, such as <c>/hubs/events</c>.</param>
    /// <param name="origin">The origin of the page that will use it. Default: none, for programs.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<TicketResult> IssueTicketAsync(string hub, string? origin = null, CancellationToken cancellationToken = default) =>
        _http.PostAsync<TicketRequest, TicketResult>("/auth/tickets", new TicketRequest { Hub = hub, Origin = origin }, cancellationToken);

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _http.Dispose();

    private static async Task<AccountSession> ReadSessionAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var result = await HttpApi.ReadAsync<SessionResult>(response, cancellationToken).ConfigureAwait(false);
        var cookie = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.First().Split(';')[0] : "";
        return cookie.IndexOf('=') is > 0 and var at
            ? new AccountSession(cookie[..at], cookie[(at + 1)..], result.Principal, result.ExpiresAt)
            : throw RealtimeConnectionException.NotOpened(response.RequestMessage!.RequestUri!, response.StatusCode, null);
    }
}
