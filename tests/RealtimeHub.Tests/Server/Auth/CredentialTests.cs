using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Server.Auth;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Publishing;

namespace RealtimeHub.Tests.Server.Auth;

public class CredentialTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Key = HubServer.AdminKey;
    private const string List = "/api/v1/channels";
    private const string Negotiate = "/hubs/events/negotiate?negotiateVersion=1";

    [Theory]
    [InlineData("X-API-Key", Key, HttpStatusCode.OK)]
    [InlineData("x-api-key", Key, HttpStatusCode.OK)]
    [InlineData("Authorization", "Bearer " + Key, HttpStatusCode.OK)]
    [InlineData("Authorization", "bearer  " + Key, HttpStatusCode.OK)]
    [InlineData("Authorization", "Basic " + Key, HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", Key, HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Bearer", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("X-API-Key", "", HttpStatusCode.Unauthorized)]
    [InlineData("X-API-Key", Key + "x", HttpStatusCode.Unauthorized)]
    [InlineData("X-API-Key", "ADMIN-KEY-OF-THE-TESTS", HttpStatusCode.Unauthorized)]
    [InlineData("X-Other", Key, HttpStatusCode.Unauthorized)]
    public async Task P80_a_key_is_taken_from_its_header_or_as_bearer(string header, string value, HttpStatusCode expected)
    {
        using var http = shared.Server.Http(null);
        http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        using var list = await http.GetAsync(new Uri(List, UriKind.Relative));
        using var hub = await http.PostAsync(new Uri(Negotiate, UriKind.Relative), null);

        Assert.Equal((expected, expected), (list.StatusCode, hub.StatusCode));
    }

    [Theory]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(8_000)]
    public async Task P80_an_unknown_key_of_any_length_is_refused_alike(int length)
    {
        using var http = shared.Server.Http(new string('k', length));

        var problem = await Problem.OfGetAsync(http, List);

        Assert.Equal((401, "INVALID_API_KEY"), problem.Answer);
        Assert.DoesNotContain("kkk", problem.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P80_of_two_keys_in_one_header_none_is_taken()
    {
        using var http = shared.Server.Http(null);
        http.DefaultRequestHeaders.Add("X-API-Key", [Key, "viewer-key"]);

        var problem = await Problem.OfGetAsync(http, List);

        Assert.Equal(401, problem.Status);
    }

    [Fact]
    public async Task P80_the_header_counts_whatever_else_is_sent()
    {
        using var http = shared.Server.Http("nobody-s-key");
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + Key);

        var problem = await Problem.OfGetAsync(http, List);

        Assert.Equal(401, problem.Status);
    }

    [Fact]
    public async Task P80_the_access_token_of_a_URL_is_taken_on_hubs_only()
    {
        using var http = shared.Server.Http(null);
        await using var probe = await HubProbe.ConnectAsync(shared.Server.Uri, $"/hubs/jobs?access_token={Key}", key: null);

        var pong = await probe.CallAsync("Ping");
        using var hub = await http.PostAsync(new Uri($"{Negotiate}&access_token={Key}", UriKind.Relative), null);
        var list = await Problem.OfGetAsync(http, $"{List}?access_token={Key}");

        Assert.Equal("pong", pong.GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.OK, hub.StatusCode);
        Assert.Equal(401, list.Status);
    }

    [Theory]
    [InlineData("/hubs/events")]
    [InlineData("/hubs/events?access_token=")]
    [InlineData("/hubs/events?access_token=nobody-s-key")]
    public async Task P80_without_a_known_key_there_is_no_upgrade(string path)
    {
        var exception = await Assert.ThrowsAsync<WebSocketException>(() => HubProbe.ConnectAsync(shared.Server.Uri, path, key: null));

        Assert.Contains("401", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task P80_a_scheme_that_fails_refuses_and_is_said_to_be_away(bool isTimeout)
    {
        await using var server = HubServer.Start(configure: host => host.ConfigureServices(
            services => services.Insert(0, ServiceDescriptor.Singleton<ICredentialScheme>(new FailingScheme(isTimeout)))));
        server.Expect("The credential scheme FailingScheme failed");
        using var http = server.Http();

        var list = await Problem.OfGetAsync(http, List);
        var hub = await Assert.ThrowsAsync<WebSocketException>(() => HubProbe.ConnectAsync(server.Uri, "/hubs/events"));

        Assert.Equal((503, "AUTH_SERVICE_UNAVAILABLE"), list.Answer);
        Assert.Contains("503", hub.Message, StringComparison.Ordinal);
    }

    private sealed class FailingScheme(bool isTimeout) : ICredentialScheme
    {
        public ValueTask<CredentialOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) =>
            throw (isTimeout ? new TaskCanceledException("The store did not answer in time.") : new InvalidOperationException("The store is broken."));
    }
}
