using System.Net;
using RealtimeHub.Testing;

namespace RealtimeHub.IntegrationTests;

public class StartTests
{
    [Fact]
    public async Task Development_starts_on_embedded_defaults_and_says_where_to_go()
    {
        await using var server = await ServerProcess.StartAsync();

        await server.Process.WaitForLineAsync(l => l.Contains("dev-key", StringComparison.Ordinal), "the development notice");
        using var http = new HttpClient { BaseAddress = server.Uri };
        http.DefaultRequestHeaders.Add("X-API-Key", "dev-key");
        var channels = await http.GetStringAsync(new Uri("/api/v1/channels", UriKind.Relative));
        var openApi = await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative));

        Assert.Contains("\"system\"", channels, StringComparison.Ordinal);
        Assert.Contains("/api/v1/channels/{channel}/events", openApi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_its_dashboard_starts_and_says_what_is_missing()
    {
        await using var server = await ServerProcess.StartAsync();

        using var http = new HttpClient { BaseAddress = server.Uri };
        var page = await http.GetAsync(new Uri("/", UriKind.Relative));
        var facts = await http.GetStringAsync(new Uri("/dashboard.json", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("install them", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"development\":true", facts, StringComparison.Ordinal);
        await server.Process.WaitForLineAsync(l => l.Contains("The dashboard is not built", StringComparison.Ordinal), "the notice");
    }

    [Fact]
    public async Task Production_without_credentials_refuses_to_start_and_names_the_setting()
    {
        await using var server = ChildProcess.StartOurs(
            "RealtimeHub.Server.dll", ["--urls", "http://127.0.0.1:0"], new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Production" });

        var exitCode = await server.WaitForExitAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(server.Lines, l => l.Contains("Auth:ApiKeys is empty", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--Channels:HeartbeatInterval", "00:20:00", "HeartbeatInterval")]
    [InlineData("--Acks:MaxRedeliveries", "0", "MaxRedeliveries")]
    [InlineData("--Publishing:MaxEventBytes", "12", "MaxEventBytes")]
    public async Task A_setting_out_of_range_stops_the_start_with_a_sentence(string name, string value, string property)
    {
        await using var server = ChildProcess.StartOurs(
            "RealtimeHub.Server.dll", ["--urls", "http://127.0.0.1:0", name, value], new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" });

        var exitCode = await server.WaitForExitAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(server.Lines, l => l.StartsWith("! RealtimeHub cannot start", StringComparison.Ordinal) && l.Contains(property, StringComparison.Ordinal));
    }
}
