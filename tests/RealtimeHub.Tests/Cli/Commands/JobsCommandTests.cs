using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Cli.Commands;

public class JobsCommandTests
{
    [Fact]
    public async Task List_shows_jobs()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Jobs.OnList = request => new ListJobsResult
        {
            Jobs = [new JobStatus { JobId = "one", JobType = "sh", State = request.State!, Progress = 12.5, Channel = "job:one" }],
        };

        var result = await CliRun.ToEndAsync(server.Uri, ["jobs", "list", "--state", "running"]);

        Assert.Equal(0, result.Code);
        Assert.Matches("JOB +TYPE +STATE", result.Output);
        Assert.Matches(@"one +sh +running +12\.5 %", result.Output);
    }

    [Theory]
    [InlineData("job.completed", 0)]
    [InlineData("job.failed", 1)]
    [InlineData("job.cancelled", 1)]
    public async Task Tail_exits_as_the_job_ended(string final, int code)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Jobs.OnStream = (connection, request) => new[]
        {
            new StreamItem { Kind = StreamItemKinds.Subscribed, Subscribed = connection.Granted(request) },
            Item(Log(connection.Frame(1), "hello")),
            Item(connection.Frame(2) with { Type = final }),
            new StreamItem { Kind = StreamItemKinds.End, End = new StreamPosition(ScriptedConnection.Epoch, 2) },
        }.ToAsyncEnumerable();

        var result = await CliRun.ToEndAsync(server.Uri, ["jobs", "tail", "1"]);

        Assert.Equal(code, result.Code);
        Assert.Equal($"00:00:00.000Z info     hello\n00:00:00.000Z {final}\n", result.Output);
    }

    [Fact]
    public async Task Tail_fails_without_such_a_job()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Jobs.OnStream = (_, _) => new[]
        {
            new StreamItem { Kind = StreamItemKinds.Error, Error = ErrorCodes.JobNotFound.With("There is no such job.") },
        }.ToAsyncEnumerable();

        var result = await CliRun.ToEndAsync(server.Uri, ["jobs", "tail", "1"]);

        Assert.Equal(1, result.Code);
        Assert.Contains("There is no such job. (JOB_NOT_FOUND)", result.Error);
    }

    [Fact]
    public async Task Tail_without_following_reads_every_page()
    {
        await using var server = await ScriptedServer.StartAsync(app => app.MapGet("/api/v1/channels/{channel}/history", (string channel, long? from) =>
        {
            var frame = Frame(channel, from ?? 1);
            return Results.Json(
                new HistoryPage
                {
                    Channel = channel,
                    Position = new StreamPosition("epoch-one", 3),
                    Oldest = 1,
                    Frames = [frame],
                    Next = frame.Sequence < 3 ? frame.Sequence + 1 : null,
                },
                RealtimeJson.Options);
        }));

        var all = await CliRun.ToEndAsync(server.Uri, ["jobs", "tail", "1", "--no-follow"]);
        var last = await CliRun.ToEndAsync(server.Uri, ["jobs", "tail", "1", "--no-follow", "--last", "2"]);

        Assert.Equal(["line 1", "line 2", "line 3"], Messages(all));
        Assert.Equal(["line 2", "line 3"], Messages(last));
    }

    private static IEnumerable<string> Messages(CliResult result) =>
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[(l.IndexOf("info", StringComparison.Ordinal) + 9)..]);

    private static FrameEnvelope Frame(string channel, long sequence) => Log(
        new FrameEnvelope
        {
            Type = "job.log",
            Channel = channel,
            Epoch = "epoch-one",
            Sequence = sequence,
            EventId = $"{sequence}",
            Timestamp = DateTimeOffset.UnixEpoch,
        },
        $"line {sequence}");

    private static FrameEnvelope Log(FrameEnvelope frame, string message) => frame with
    {
        Type = "job.log",
        Payload = JsonPayload.FromValidUtf8(System.Text.Encoding.UTF8.GetBytes($$"""{"level":"info","message":"{{message}}"}""")),
    };

    private static StreamItem Item(FrameEnvelope frame) => new() { Kind = StreamItemKinds.Frame, Frame = frame };
}
