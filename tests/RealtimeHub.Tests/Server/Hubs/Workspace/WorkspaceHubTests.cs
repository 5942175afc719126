using System.Net;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Server.Hubs.Workspace.Directory;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Auth;
using RealtimeHub.Tests.Server.Publishing;

namespace RealtimeHub.Tests.Server.Hubs.Workspace;

public class WorkspaceHubTests
{
    [Theory]
    [InlineData("team:t1", null)]
    [InlineData("spec:spec-1", null)]
    [InlineData("agent:agent-1", null)]
    [InlineData("  team : t1 ", null)]
    [InlineData("team:t2", "CHANNEL_FORBIDDEN")]
    [InlineData("spec:spec-2", "CHANNEL_FORBIDDEN")]
    [InlineData("spec:unknown", "CHANNEL_FORBIDDEN")]
    [InlineData("bogus", "CHANNEL_FORBIDDEN")]
    [InlineData("spec:spec-1:extra", "CHANNEL_FORBIDDEN")]
    [InlineData("team:", "CHANNEL_FORBIDDEN")]
    [InlineData("team:   ", "CHANNEL_FORBIDDEN")]
    [InlineData("Team:t1", "CHANNEL_FORBIDDEN")]
    [InlineData("events", "CHANNEL_FORBIDDEN")]
    [InlineData("job:1", "CHANNEL_FORBIDDEN")]
    [InlineData("team:../t1", "CHANNEL_FORBIDDEN")]
    public async Task P200_a_channel_is_read_by_its_own_team_only(string channel, string? expected)
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var probe = await server.ConnectAsync(WorkspaceServer.Ada);

        Assert.Equal(expected, await probe.SubscribeAsync(channel));
        Assert.Equal("pong", (await probe.CallAsync("Ping")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task P200_every_scope_of_the_server_does_not_open_another_team_s_channel()
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var admin = await server.ConnectAsync(HubServer.AdminKey);

        Assert.Equal("CHANNEL_FORBIDDEN", await admin.SubscribeAsync("team:t1"));
        Assert.Equal("403 CHANNEL_FORBIDDEN", await server.GetAsync("/api/v1/channels/team:t1/history", ("X-API-Key", HubServer.AdminKey)));
    }

    [Fact]
    public async Task P201_members_get_what_is_published_whole_and_in_order_and_others_nothing()
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var ada = await server.ConnectAsync(WorkspaceServer.Ada);
        await using var eve = await server.ConnectAsync(WorkspaceServer.Eve);
        await ada.SubscribeAsync(" spec: spec-1 ");
        await eve.SubscribeAsync("spec:spec-1");
        using var http = server.Http(WorkspaceServer.Bob);

        await http.PublishLinesAsync([WorkspaceServer.Updated(1), WorkspaceServer.Updated(2)], "spec:spec-1");
        await ada.CallAsync("Publish", new { channel = "spec:spec-1", @event = new { type = "blocker_raised", payload = new { severity = "HIGH", anything = 1 } } });
        var frames = await ada.WaitForAsync("Workspace", 3);

        Assert.Equal(["spec_updated", "spec_updated", "blocker_raised"], frames.Select(f => f["type"].GetString()));
        Assert.Equal([1L, 2, 3], frames.Select(f => f.Sequence));
        Assert.Equal("spec:spec-1", frames[0]["channel"].GetString());
        Assert.Equal("json", frames[0]["encoding"].GetString());
        Assert.Equal("""{"severity":"high","anything":1}""", frames[2]["payload"].GetRawText());
        Assert.DoesNotContain(eve.All, p => p.Target == "Workspace");
    }

    [Theory]
    [InlineData("spec_changed", "{}", "type")]
    [InlineData("spec.updated", "{}", "type")]
    [InlineData("SPEC_UPDATED", "{}", "type")]
    [InlineData("spec_updated", """{"version":"two"}""", "payload.version")]
    [InlineData("agent_status_changed", """{"agentId":[]}""", "payload.agentId")]
    [InlineData("blocker_raised", """{"severity":"terrible"}""", "payload.severity")]
    public async Task P201_types_are_fixed_and_known_members_have_to_fit(string type, string payload, string field)
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var http = server.Http(WorkspaceServer.Ada);

        var problem = await Problem.OfPostAsync(http, $$"""{"type":"{{type}}","payload":{{payload}}}""", channel: "team:t1");

        Assert.Equal((400, "INVALID_PAYLOAD"), problem.Answer);
        Assert.Contains(field, problem.Fields);
    }

    [Theory]
    [InlineData(WorkspaceServer.Ada, "team:t1", true)]
    [InlineData(WorkspaceServer.Ada, "team:t2", false)]
    [InlineData(WorkspaceServer.Eve, "spec:spec-1", false)]
    [InlineData(WorkspaceServer.Eve, "agent:unknown", false)]
    [InlineData(HubServer.AdminKey, "team:t2", true)]
    [InlineData(HubServer.AdminKey, "spec:spec-1", true)]
    public async Task P202_publishing_is_for_the_team_and_for_services_of_all_teams(string key, string channel, bool isAllowed)
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var http = server.Http(key);

        using var response = await http.PostEventAsync(new { type = "log_entry", payload = new { message = "hello" } }, channel);

        Assert.Equal(isAllowed ? "200" : "403 CHANNEL_FORBIDDEN", await Callers.AnswerAsync(response));
    }

    [Theory]
    [InlineData("history")]
    [InlineData("list")]
    [InlineData("presence")]
    [InlineData("resync")]
    public async Task P200_no_other_route_leads_to_another_team_s_channel(string route)
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var ada = await server.ConnectAsync(WorkspaceServer.Ada);
        await using var eve = await server.ConnectAsync(WorkspaceServer.Eve);
        await ada.SubscribeAsync("team:t1", presence: true);
        using var http = server.Http(WorkspaceServer.Ada);
        await http.PublishAsync(new { type = "log_entry", payload = new { message = "secret" } }, "team:t1");
        using var other = server.Http(WorkspaceServer.Eve);

        var answer = route switch
        {
            "history" => await server.GetAsync("/api/v1/channels/team:t1/history", ("X-API-Key", WorkspaceServer.Eve)),
            "list" => await other.GetStringAsync(new Uri("/api/v1/channels", UriKind.Relative), TestContext.Current.CancellationToken),
            "presence" => (await eve.CallAsync("Presence", new { channel = "team:t1" })).GetRawText(),
            _ => (await eve.CallAsync("Resync", new { channel = "team:t1", from = new { epoch = "0123456789", sequence = 0 } })).GetRawText(),
        };

        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", answer, StringComparison.Ordinal);
        Assert.Contains(route switch { "list" => "[]", "resync" => "SUBSCRIPTION_NOT_FOUND", _ => "CHANNEL_FORBIDDEN" }, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(eve.All, p => p.Target is "Workspace" or "PresenceState" or "PresenceDiff");
    }

    [Fact]
    public async Task P203_a_resource_that_changes_hands_ends_its_readers()
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var ada = await server.ConnectAsync(WorkspaceServer.Ada);
        await using var eve = await server.ConnectAsync(WorkspaceServer.Eve);
        await ada.SubscribeAsync("spec:spec-1");
        await ada.SubscribeAsync("team:t1");

        await server.OwnAsync("spec", "spec-1", "t2");
        var ended = (await ada.WaitForAsync("Unsubscribed"))[0];

        Assert.Equal(("spec:spec-1", "CHANNEL_FORBIDDEN"), (ended["channel"].GetString(), ended["reason"].GetString()));
        Assert.Null(await eve.SubscribeAsync("spec:spec-1"));
        Assert.Single(ada.All, p => p.Target == "Unsubscribed");
    }

    [Fact]
    public async Task P203_a_directory_that_is_away_refuses_and_says_so()
    {
        await using var server = await WorkspaceServer.StartAsync(
            configure: host => host.ConfigureTestServices(services => services.AddSingleton<IResourceDirectory, BrokenDirectory>()));
        server.Expect("Who may use spec:spec-1 cannot be found out");
        await using var ada = await server.ConnectAsync(WorkspaceServer.Ada);

        var result = (await ada.CallAsync("Subscribe", new { channel = "spec:spec-1" })).GetProperty("error");

        Assert.Equal(("CHANNEL_UNAVAILABLE", true), (result.GetProperty("code").GetString(), result.GetProperty("retryable").GetBoolean()));
        Assert.Null(await ada.SubscribeAsync("team:t1"));
        Assert.Equal("503 CHANNEL_UNAVAILABLE", await server.GetAsync("/api/v1/channels/spec:spec-1/history", ("X-API-Key", WorkspaceServer.Ada)));
    }

    [Fact]
    public async Task P203_only_who_manages_resources_may_change_them()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = server.Http(WorkspaceServer.Ada);
        using var admin = server.Http();

        using var set = await ada.PutAsync(new Uri("/api/v1/workspace/resources/spec/spec-2", UriKind.Relative), new StringContent("""{"team":"t1"}""", null, "application/json"), TestContext.Current.CancellationToken);
        using var removed = await admin.DeleteAsync(new Uri("/api/v1/workspace/resources/spec/spec-2", UriKind.Relative), TestContext.Current.CancellationToken);
        using var again = await admin.DeleteAsync(new Uri("/api/v1/workspace/resources/spec/spec-2", UriKind.Relative), TestContext.Current.CancellationToken);
        await using var client = server.Client(WorkspaceServer.Ada);
        var resources = await client.Workspace.ListResourcesAsync(TestContext.Current.CancellationToken);
        var list = await ada.GetStringAsync(new Uri("/api/v1/workspace/resources", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("403 FORBIDDEN", await Callers.AnswerAsync(set));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal("404 RESOURCE_NOT_FOUND", await Callers.AnswerAsync(again));
        Assert.Equal(["agent-1", "spec-1"], resources.Select(r => r.Id));
        Assert.Equal("""[{"kind":"agent","id":"agent-1","team":"t1"},{"kind":"spec","id":"spec-1","team":"t1"}]""", list);
    }

    private sealed class BrokenDirectory : IResourceDirectory
    {
        public ValueTask<string?> FindTeamAsync(string kind, string id, CancellationToken cancellationToken) => throw new HttpRequestException("The directory is away.");
    }
}
