using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Auth;

public class OriginTests
{
    [Theory]
    [InlineData("https://app.example", true)]
    [InlineData("HTTPS://APP.example", true)]
    [InlineData("https://app.example:443", true)]
    [InlineData("https://app.example.evil", false)]
    [InlineData("http://app.example", false)]
    [InlineData("https://app.example:8443", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("file://", false)]
    public async Task P187_only_pages_of_listed_origins_get_in(string origin, bool isAllowed)
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Auth:AllowedOrigins:0"] = "https://app.example" });
        (string, string)[] headers = [("X-API-Key", HubServer.AdminKey), ("Origin", origin)];

        Assert.Equal(isAllowed ? "200" : "403 ORIGIN_FORBIDDEN", await server.NegotiateAsync("", headers));
        Assert.Equal(isAllowed ? "101" : "403", await server.UpgradeAsync("", headers));
        Assert.Equal(isAllowed ? "200" : "403 ORIGIN_FORBIDDEN", await server.GetAsync("/auth/me", headers));
    }

    [Fact]
    public async Task P187_the_server_s_own_pages_get_in()
    {
        await using var server = HubServer.Start();

        Assert.Equal("101", await server.UpgradeAsync("", ("X-API-Key", HubServer.AdminKey), ("Origin", server.Uri.GetLeftPart(UriPartial.Authority))));
    }

    [Fact]
    public async Task P187_a_preflight_of_a_listed_origin_is_answered()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Auth:AllowedOrigins:0"] = "https://app.example" });
        using var http = server.Http(null);
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(Callers.Negotiate, UriKind.Relative));
        request.Headers.Add("Origin", "https://app.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(204, (int)response.StatusCode);
        Assert.Equal("https://app.example", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }
}
