using RealtimeHub.Tests.Server.Hubs.Workspace;

namespace RealtimeHub.Tests.Cli.Commands;

public class WorkspaceCommandTests
{
    [Fact]
    public async Task Workspace_tail_shows_events_and_who_comes_and_goes()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var http = server.Http(WorkspaceServer.Ada);
        await using var tail = CliRun.Start(server.Uri, "workspace", "tail", "spec:spec-1", "--api-key", WorkspaceServer.Bob);
        await tail.Error.LineAsync("Listening to spec:spec-1");

        await using (var ada = await server.ConnectAsync(WorkspaceServer.Ada))
        {
            await ada.SubscribeAsync("spec:spec-1", presence: true);
            await tail.Error.LineAsync("came: ada");
            var presence = await CliRun.ToEndAsync(server.Uri, ["workspace", "presence", "spec:spec-1"], environment: Key(WorkspaceServer.Ada));
            Assert.Equal(0, presence.Code);
            Assert.Matches("ada +[0-9TZ:.-]+ +1", presence.Output);
            Assert.Contains("2 in spec:spec-1.", presence.Error, StringComparison.Ordinal);
            await ada.CallAsync("Unsubscribe", new { id = "spec:spec-1" });
        }

        await tail.Error.LineAsync("left: ada");
        await PublishAsync(server, "spec:spec-1", """{"specId":"spec-1","version":7}""", WorkspaceServer.Ada);
        await tail.Output.LineAsync("spec_updated");
        var result = await tail.InterruptAsync();
        Assert.Equal(0, result.Code);
    }

    [Theory]
    [InlineData("nobody-s-key", "team:t1", "does not know the API key")]
    [InlineData(WorkspaceServer.Eve, "team:t1", "(CHANNEL_FORBIDDEN)")]
    [InlineData(WorkspaceServer.Ada, "spec:spec-2", "(CHANNEL_FORBIDDEN)")]
    public async Task Workspace_commands_say_why_they_are_refused(string key, string channel, string sentence)
    {
        await using var server = await WorkspaceServer.StartAsync();

        var presence = await CliRun.ToEndAsync(server.Uri, ["workspace", "presence", channel], environment: Key(key));
        var tail = await CliRun.ToEndAsync(server.Uri, ["workspace", "tail", channel], environment: Key(key));

        Assert.Equal((1, 1), (presence.Code, tail.Code));
        Assert.Contains(sentence, presence.Error, StringComparison.Ordinal);
        Assert.Contains(sentence, tail.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(key, presence.Error + presence.Output + tail.Error + tail.Output, StringComparison.Ordinal);
    }

    private static async Task PublishAsync(RealtimeHub.Testing.HubServer server, string channel, string data, string key)
    {
        var published = await CliRun.ToEndAsync(server.Uri, ["publish", channel, "--type", "spec_updated", "--data", data], environment: Key(key));
        Assert.True(published.Code == 0, published.Error);
    }

    private static Dictionary<string, string> Key(string key) => new() { ["RTHUB_API_KEY"] = key };
}
