using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Cli;

public class RealServerTests
{
    private static readonly Dictionary<string, string> Admin = new() { ["RTHUB_API_KEY"] = HubServer.AdminKey };

    [Fact]
    public async Task Publish_reaches_a_tail_with_a_filter_and_the_books_balance()
    {
        await using var server = HubServer.Start();
        await using var tail = CliRun.Start(
            server.Uri, "events", "tail", "--api-key", HubServer.AdminKey, "--pattern", "camera.*", "--filter", "camera_id=c2");
        await tail.Error.LineAsync("Listening to events");

        foreach (var camera in new[] { "c1", "c2", "c1", "c2" })
        {
            var published = await CliRun.ToEndAsync(
                server.Uri,
                ["publish", "events", "--type", "camera.offline", "--data", $$"""{"camera_id":"{{camera}}","camera_name":"{{camera}}","timestamp":"2026-01-01T00:00:00Z"}"""],
                environment: Admin);
            Assert.Equal(0, published.Code);
        }

        await tail.Output.LineAsync("c2");
        await tail.Output.LineAsync("c2");
        await tail.Error.LineAsync("Withheld");
        var result = await tail.InterruptAsync();

        // The second withheld event is told with the next heartbeat, or a second after the first.
        Assert.Matches(@"Received 2, skipped [12] \(filtered [12]\), lost 0, missing 0;", result.Error);
    }

    [Fact]
    public async Task Jobs_run_is_there_to_be_tailed_and_listed()
    {
        await using var server = HubServer.Start();

        var run = await CliRun.ToEndAsync(server.Uri, ["jobs", "run", "--id", "42", "--", "sh", "-c", "echo one; echo; echo two; exit 4"], environment: Admin);
        var tail = await CliRun.ToEndAsync(server.Uri, ["jobs", "tail", "42"], environment: Admin);
        var last = await CliRun.ToEndAsync(server.Uri, ["jobs", "tail", "42", "--no-follow", "--last", "2"], environment: Admin);
        var list = await CliRun.ToEndAsync(server.Uri, ["jobs", "list", "--state", "failed"], environment: Admin);

        Assert.Equal((4, "one\n\ntwo\n", ""), (run.Code, run.Output, run.Error.Split('\n')[^1]));
        Assert.Equal(1, tail.Code);
        Assert.Equal(["job.started", "info     one", "info", "info     two", "job.failed: The command exited with 4."], Texts(tail));
        Assert.Equal(["info     two", "job.failed: The command exited with 4."], Texts(last));
        Assert.Matches("42 +sh +failed", list.Output);
    }

    [Fact]
    public async Task Key_without_the_scope_is_told_so()
    {
        await using var server = HubServer.Start(keys: [("reader", "reader-key-of-the-tests", "events:read")]);
        var environment = new Dictionary<string, string> { ["RTHUB_API_KEY"] = "reader-key-of-the-tests" };

        var publish = await CliRun.ToEndAsync(server.Uri, ["publish", "events", "--type", "camera.offline"], environment: environment);
        var run = await CliRun.ToEndAsync(server.Uri, ["jobs", "run", "--", "echo", "out"], environment: environment);

        Assert.Equal(1, publish.Code);
        Assert.Contains("scope", publish.Error);
        Assert.Equal((0, "out\n"), (run.Code, run.Output));
        Assert.Contains("refused", run.Error);
    }

    private static IEnumerable<string> Texts(CliResult result) =>
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[14..].TrimEnd());
}
