using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Cli.Commands;

public class JobsRunCommandTests
{
    [Fact]
    public async Task Run_shows_the_output_and_publishes_every_line_and_state()
    {
        await using var server = await ScriptedServer.StartAsync();

        var result = await CliRun.ToEndAsync(
            server.Uri, ["jobs", "run", "--id", "42", "--type", "build", "--", "sh", "-c", "printf 'one\\ntwo'; echo bad >&2"]);

        Assert.Equal(0, result.Code);
        Assert.Equal("one\ntwo", result.Output);
        Assert.Contains("bad\n", result.Error);
        Assert.Equal("job:42", server.Jobs.UploadChannel);
        var published = server.Jobs.TakePublished();
        Assert.Equal("job.started", published[0].Type);
        Assert.Equal("job.completed", published[^1].Type);
        Assert.Equal(["INFO stdout one", "INFO stdout two"], Lines(published, "stdout"));
        Assert.Equal(["ERROR stderr bad"], Lines(published, "stderr"));
        Assert.Equal("build", published[0].Payload!.Value.ToElement().GetProperty("job_type").GetString());
        Assert.Equal(0, published[^1].Payload!.Value.ToElement().GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public async Task Run_exits_as_the_command_does()
    {
        await using var server = await ScriptedServer.StartAsync();

        var result = await CliRun.ToEndAsync(server.Uri, ["jobs", "run", "--", "sh", "-c", "exit 7"]);

        Assert.Equal(7, result.Code);
        var failed = server.Jobs.TakePublished()[^1];
        Assert.Equal("job.failed", failed.Type);
        Assert.Equal(7, failed.Payload!.Value.ToElement().GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public async Task Run_ends_the_command_when_interrupted_and_says_so()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var run = CliRun.Start(server.Uri, "jobs", "run", "--id", "42", "--", "sh", "-c", "echo here; exec sleep 1000");
        await run.Output.LineAsync("here");

        var result = await run.InterruptAsync();

        Assert.NotEqual(0, result.Code);
        Assert.Equal("job.cancelled", server.Jobs.TakePublished()[^1].Type);
    }

    [Fact]
    public async Task Run_publishes_each_line_once_over_a_broken_connection()
    {
        await using var server = await ScriptedServer.StartAsync();
        var lines = 0;
        server.Jobs.OnUpload = (connection, _) =>
        {
            if (Interlocked.Increment(ref lines) == 100)
            {
                connection.Drop();
            }

            return null;
        };

        var result = await CliRun.ToEndAsync(server.Uri, ["jobs", "run", "--", "seq", "1", "300"]);

        Assert.Equal(0, result.Code);
        var published = server.Jobs.TakePublished();
        Assert.Equal(Enumerable.Range(1, 300).Select(i => $"INFO stdout {i}"), Lines(published, "stdout"));
        Assert.Equal("job.completed", published[^1].Type);
    }

    [Fact]
    public async Task Run_slows_a_command_down_that_writes_faster_than_the_server_reads()
    {
        const int Count = 25_000;
        await using var server = await ScriptedServer.StartAsync();

        var result = await CliRun.ToEndAsync(server.Uri, ["jobs", "run", "--", "seq", "1", $"{Count}"]);

        Assert.Equal(0, result.Code);
        Assert.Equal(Count, Lines(server.Jobs.TakePublished(), "stdout").Count());
    }

    [Fact]
    public async Task Run_goes_on_when_the_server_refuses_its_log()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Jobs.OnUpload = (_, _) => ErrorCodes.JobFinished.With("The job has ended.");

        var result = await CliRun.ToEndAsync(server.Uri, ["jobs", "run", "--", "sh", "-c", "echo out; exit 3"]);

        Assert.Equal(3, result.Code);
        Assert.Equal("out\n", result.Output);
        Assert.Contains("The server refused the rest of the log: The job has ended. (JOB_FINISHED)", result.Error);
    }

    [Fact]
    public async Task Run_with_json_writes_what_it_publishes()
    {
        await using var server = await ScriptedServer.StartAsync();

        var result = await CliRun.ToEndAsync(server.Uri, ["jobs", "run", "--json", "--", "echo", "out"]);

        Assert.Equal(["job.started", "log", "job.completed"], server.Jobs.TakePublished().Select(e => e.Type!));
        Assert.Equal(3, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(l => l.StartsWith("{\"type\":", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_fails_when_the_command_cannot_be_started()
    {
        await using var server = await ScriptedServer.StartAsync();

        var result = await CliRun.ToEndAsync(server.Uri, ["jobs", "run", "--", "no-such-command-here"]);

        Assert.Equal(1, result.Code);
        Assert.StartsWith("no-such-command-here cannot be started", result.Error);
        Assert.Empty(server.Jobs.TakePublished());
    }

    private static IEnumerable<string> Lines(IEnumerable<PublishEvent> published, string stream) => published
        .Where(e => e.Type == "log")
        .Select(e => e.Payload!.Value.ToElement())
        .Where(p => p.GetProperty("context").GetProperty("stream").GetString() == stream)
        .Select(p => $"{p.GetProperty("level").GetString()} {stream} {p.GetProperty("message").GetString()}");
}
