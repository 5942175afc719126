using System.Net.Http.Json;
using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Auth;

public class TicketTests
{
    private const string Page = "https://app.example";

    private static readonly Dictionary<string, string?> Allowed = new() { ["Auth:AllowedOrigins:0"] = Page };

    [Fact]
    public async Task P186_a_ticket_is_checked_by_negotiation_and_spent_by_the_WebSocket()
    {
        await using var server = HubServer.Start();
        var ticket = await IssueAsync(server);

        Assert.Equal("200", await server.NegotiateAsync("", ("Authorization", $"Bearer {ticket}")));
        Assert.Equal("200", await server.NegotiateAsync($"&access_token={ticket}"));
        Assert.Equal("101", await server.UpgradeAsync($"?access_token={ticket}"));
        Assert.Equal("401", await server.UpgradeAsync($"?access_token={ticket}"));
        Assert.Equal("401 INVALID_TICKET", await server.NegotiateAsync($"&access_token={ticket}"));
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("*/*")]
    public async Task P186_other_transports_refuse_a_ticket(string accept)
    {
        await using var server = HubServer.Start();
        var ticket = await IssueAsync(server);

        Assert.Equal("401 TICKET_NEEDS_WEBSOCKET", await server.GetAsync($"/hubs/events?id=x&access_token={ticket}", ("Accept", accept)));
        Assert.Equal("101", await server.UpgradeAsync($"?access_token={ticket}"));
    }

    [Fact]
    public async Task P186_a_ticket_is_good_for_30_seconds()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        var early = await IssueAsync(server);
        var late = await IssueAsync(server);

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("101", await server.UpgradeAsync($"?access_token={early}"));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("401 INVALID_TICKET", await server.NegotiateAsync($"&access_token={late}"));
    }

    [Fact]
    public async Task P186_a_ticket_is_bound_to_its_hub_and_its_origin()
    {
        await using var server = HubServer.Start(Allowed);
        var ofJobs = await IssueAsync(server, "/hubs/jobs");
        var ofPage = await IssueAsync(server, origin: Page);
        var ofProgram = await IssueAsync(server);

        Assert.Equal("401", await server.UpgradeAsync($"?access_token={ofJobs}"));
        Assert.Equal("401", await server.UpgradeAsync($"?access_token={ofPage}"));
        Assert.Equal("401", await server.UpgradeAsync($"?access_token={ofProgram}", ("Origin", Page)));
        Assert.Equal("401 AUTH_REQUIRED", await server.GetAsync($"/auth/me?access_token={ofProgram}"));
        Assert.Equal("401 INVALID_TICKET", await server.GetAsync("/auth/me", ("Authorization", $"Bearer {ofProgram}")));
        Assert.Equal("101", await server.UpgradeAsync($"?access_token={ofPage}", ("Origin", Page)));
    }

    [Fact]
    public async Task P186_a_ticket_of_another_hub_or_of_none_is_not_made()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();

        using var unknown = await http.PostAsJsonAsync("/auth/tickets", new { hub = "/hubs/nothing" }, TestContext.Current.CancellationToken);
        using var empty = await http.PostAsync(new Uri("/auth/tickets", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal("400 INVALID_REQUEST", await Callers.AnswerAsync(unknown));
        Assert.Equal("400 INVALID_REQUEST", await Callers.AnswerAsync(empty));
    }

    [Fact]
    public async Task P186_a_connection_by_ticket_ends_with_the_credential_that_made_it()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(
            Callers.Entry("Tokens", "camera", "Sha256", Callers.Hash("the-token"), "*", clock.GetUtcNow().AddMinutes(1)), clock);
        var ticket = await IssueAsync(server, key: null, bearer: "the-token");
        await using var probe = await HubProbe.ConnectAsync(server.Uri, $"/hubs/events?access_token={ticket}", key: null);
        await probe.CallAsync("Ping");

        clock.Advance(TimeSpan.FromSeconds(86));
        var control = (await probe.WaitForAsync("Control"))[0];

        Assert.Equal("CREDENTIAL_EXPIRED", control["code"].GetString());
    }

    internal static async Task<string> IssueAsync(
        HubServer server, string hub = "/hubs/events", string? origin = null, string? key = HubServer.AdminKey, string? bearer = null)
    {
        using var http = server.Http(key);
        if (bearer is not null)
        {
            http.DefaultRequestHeaders.Add("Authorization", $"Bearer {bearer}");
        }

        using var response = await http.PostAsJsonAsync("/auth/tickets", new { hub, origin });
        var body = await response.Content.ReadAsStringAsync();
        return JsonDocument.Parse(body).RootElement.GetProperty("ticket").GetString()!;
    }
}
