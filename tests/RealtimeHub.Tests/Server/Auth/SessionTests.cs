using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Server.Auth.Sessions;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Auth;

public class SessionTests
{
    private static readonly Uri Session = new("/auth/session", UriKind.Relative);

    [Fact]
    public async Task P183_a_credential_is_exchanged_for_a_cookie_that_scripts_cannot_read()
    {
        await using var server = HubServer.Start();

        var (cookie, header, body) = await BeginAsync(server);

        Assert.Contains("httponly", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", header, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(cookie.Split('=')[1], body, StringComparison.Ordinal);
        Assert.Equal("admin", JsonDocument.Parse(body).RootElement.GetProperty("principal").GetProperty("id").GetString());
        Assert.Equal("200", await server.NegotiateAsync("", ("Cookie", cookie)));
        Assert.Equal("101", await server.UpgradeAsync("", ("Cookie", cookie)));
    }

    [Fact]
    public async Task P183_signing_out_ends_the_session_and_its_live_connections()
    {
        await using var server = HubServer.Start();
        var (cookie, _, _) = await BeginAsync(server);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events", key: null, headers: [("Cookie", cookie)]);
        await using var other = await HubProbe.ConnectAsync(server.Uri, "/hubs/events");
        await probe.CallAsync("Ping");
        await other.CallAsync("Ping");

        using var http = server.Http(null);
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        using var response = await http.DeleteAsync(Session);
        var control = (await probe.WaitForAsync("Control"))[0];
        await probe.WaitForCloseAsync();

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(("CREDENTIAL_REVOKED", false), (control["code"].GetString(), control["reconnect"].GetBoolean()));
        Assert.Equal("401 INVALID_SESSION", await server.NegotiateAsync("", ("Cookie", cookie)));
        Assert.Equal("pong", (await other.CallAsync("Ping")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task P183_a_session_ends_with_its_time()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        var (cookie, _, _) = await BeginAsync(server);

        clock.Advance(TimeSpan.FromHours(8));

        Assert.Equal("401 SESSION_EXPIRED", await server.NegotiateAsync("", ("Cookie", cookie)));
        Assert.Equal("401", await server.UpgradeAsync("", ("Cookie", cookie)));
    }

    [Fact]
    public async Task P183_a_session_cannot_be_made_of_a_session()
    {
        await using var server = HubServer.Start();
        var (cookie, _, _) = await BeginAsync(server);
        using var http = server.Http(null);
        http.DefaultRequestHeaders.Add("Cookie", cookie);

        using var again = await http.PostAsync(Session, null);

        Assert.Equal("400 INVALID_REQUEST", await Callers.AnswerAsync(again));
    }

    [Fact]
    public async Task P185_a_session_store_that_is_away_refuses_with_503()
    {
        await using var server = HubServer.Start(configure: host => host.ConfigureTestServices(services => services.AddSingleton<ISessionStore, BrokenStore>()));
        server.Expect("The credential scheme SessionScheme failed");

        Assert.Equal("503 AUTH_SERVICE_UNAVAILABLE", await server.NegotiateAsync("", ("Cookie", "rthub.sid=anything")));
        Assert.Equal("503", await server.UpgradeAsync("", ("Cookie", "rthub.sid=anything")));
        using var http = server.Http();
        using var begin = await http.PostAsync(Session, null);
        Assert.Equal("503 AUTH_SERVICE_UNAVAILABLE", await Callers.AnswerAsync(begin));
    }

    internal static async Task<(string Cookie, string Header, string Body)> BeginAsync(HubServer server, string key = HubServer.AdminKey)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = server.Uri };
        http.DefaultRequestHeaders.Add("X-API-Key", key);
        using var response = await http.PostAsync(Session, null);
        var header = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        return (header.Split(';')[0], header, await response.Content.ReadAsStringAsync());
    }

    private sealed class BrokenStore : ISessionStore
    {
        public ValueTask<Session?> FindAsync(string hash, CancellationToken cancellationToken) => throw new IOException("The store is away.");

        public ValueTask<bool> TryAddAsync(string hash, Session session, CancellationToken cancellationToken) => throw new IOException("The store is away.");

        public ValueTask RemoveAsync(string hash, CancellationToken cancellationToken) => throw new IOException("The store is away.");
    }
}
