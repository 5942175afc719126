using System.Net;
using RealtimeHub.Server.Auth;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Publishing;

namespace RealtimeHub.Tests.Server.Auth;

public class ScopeTests
{
    [Theory]
    [InlineData("*", true)]
    [InlineData("events:*", true)]
    [InlineData("events:read", true)]
    [InlineData("jobs:read events:read", true)]
    [InlineData("events:write", false)]
    [InlineData("events", false)]
    [InlineData("events:", false)]
    [InlineData("event:*", false)]
    [InlineData("event*", false)]
    [InlineData("events*", false)]
    [InlineData(":*", false)]
    [InlineData("*:read", false)]
    [InlineData("EVENTS:READ", false)]
    [InlineData("events:rea", false)]
    [InlineData("events:read:all", false)]
    [InlineData("**", false)]
    public void Has_takes_wildcards_at_the_end_of_an_area_only(string scopes, bool expected)
    {
        var principal = new Principal("a", null, [], scopes.Split(' '), "standard");

        Assert.Equal(expected, principal.Has(Scopes.EventsRead));
    }

    [Fact]
    public void Has_finds_nothing_without_scopes() => Assert.All(Scopes.All, s => Assert.False(new Principal("a", null, [], [], "standard").Has(s)));

    [Theory]
    [InlineData("Subscribe", "events:read")]
    [InlineData("UnsubscribeEvents", "events:read")]
    [InlineData("Publish", "events:write")]
    [InlineData("PublishStream", "events:write")]
    [InlineData("SubscribeJob", "jobs:read", "/hubs/jobs")]
    [InlineData("SubscribeJobs", "jobs:read", "/hubs/jobs")]
    [InlineData("ListJobs", "jobs:read", "/hubs/jobs")]
    [InlineData("Publish", "jobs:write", "/hubs/jobs")]
    [InlineData("PublishStream", "jobs:write", "/hubs/jobs")]
    [InlineData("Subscribe", "system:read", "/hubs/system")]
    public async Task P80_a_method_is_answered_forbidden_without_its_scope_and_otherwise_with_it(string method, string scope, string hub = "/hubs/events")
    {
        var others = string.Join(' ', Scopes.All.Except([scope]));
        await using var server = HubServer.Start(keys: [("with", "with-key", scope), ("without", "without-key", others)]);
        await using var with = await HubProbe.ConnectAsync(server.Uri, hub, "with-key");
        await using var without = await HubProbe.ConnectAsync(server.Uri, hub, "without-key");

        var allowed = await CallAsync(with, method);
        var refused = await CallAsync(without, method);

        Assert.NotEqual("FORBIDDEN", allowed);
        Assert.Equal("FORBIDDEN", refused);
    }

    [Fact]
    public async Task P63_a_stream_without_its_scope_is_one_error()
    {
        await using var server = HubServer.Start(keys: [("writer", "writer-key", "jobs:write")]);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/jobs", "writer-key");

        var items = await probe.StreamAsync("StreamLogs", new { job_id = "a" }).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal("FORBIDDEN", Assert.Single(items).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task P80_a_key_without_scopes_may_connect_and_ping_but_reads_nothing()
    {
        await using var server = HubServer.Start(keys: [("nobody", "empty-key", "")]);
        using var http = server.Http();
        using var empty = server.Http("empty-key");
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events", "empty-key");

        await http.PublishAsync(SampleEvent.Security(1));
        var pong = await probe.CallAsync("Ping");
        var resync = await CallAsync(probe, "Resync", new { channel = "events", from = new { epoch = "0123456789", sequence = 0 } });
        using var list = await empty.GetAsync(new Uri("/api/v1/channels", UriKind.Relative));
        var history = await Problem.OfGetAsync(empty, "/api/v1/channels/events/history");

        Assert.Equal("pong", pong.GetProperty("type").GetString());
        Assert.Equal("SUBSCRIPTION_NOT_FOUND", resync);
        Assert.Equal((HttpStatusCode.OK, "[]"), (list.StatusCode, await list.Content.ReadAsStringAsync()));
        Assert.Equal((403, "CHANNEL_FORBIDDEN"), history.Answer);
        Assert.Empty(probe.All);
    }

    private static async Task<string?> CallAsync(HubProbe probe, string method, object? request = null)
    {
        var call = method == "PublishStream" ? await probe.BeginUploadAsync(method, "up", new { }) : await probe.BeginCallAsync(method, request ?? new { });
        var result = await call;
        return result.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;
    }
}
