using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Publishing;

public class OpenApiTests
{
    [Fact]
    public async Task The_description_lists_every_route_with_its_refusals()
    {
        await using var server = HubServer.Start();
        using var http = server.Http(null);

        using var document = JsonDocument.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var paths = document.RootElement.GetProperty("paths");

        Assert.Equal(
            [
                "/api/v1/audit/verify", "/api/v1/channels", "/api/v1/channels/{channel}/events", "/api/v1/channels/{channel}/history",
                "/api/v1/climate/care", "/api/v1/climate/infer", "/api/v1/climate/points", "/api/v1/climate/verify",
                "/api/v1/prov", "/api/v1/prov/{activity}",
                "/api/v1/stac/collections", "/api/v1/stac/collections/{id}", "/api/v1/stac/collections/{id}/items", "/api/v1/stac/items/{id}",
                "/api/v1/workspace/resources", "/api/v1/workspace/resources/{kind}/{id}",
                "/auth/me", "/auth/revocations", "/auth/session", "/auth/tickets",
            ],
            paths.EnumerateObject().Select(p => p.Name.TrimEnd('/')).Order());
        var publish = paths.GetProperty("/api/v1/channels/{channel}/events").GetProperty("post");
        Assert.Equal(["application/json", "application/x-ndjson"], publish.GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(c => c.Name).Order());
        Assert.Equal(
            ["200", "400", "401", "403", "404", "409", "413", "415", "422", "429", "503"],
            publish.GetProperty("responses").EnumerateObject().Select(r => r.Name).Order());
    }

    [Fact]
    public async Task Liveness_needs_no_key()
    {
        await using var server = HubServer.Start();
        using var http = server.Http(null);

        Assert.Equal("live", await http.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
    }
}
