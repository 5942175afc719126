using RealtimeHub.Cli;
using RealtimeHub.Cli.Jobs;
using RealtimeHub.Cli.Output;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Cli.Jobs;

public class JobLogTests
{
    [Fact]
    public async Task LineAsync_leaves_out_what_the_full_upload_cannot_hold_and_says_how_much()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.RefuseWith = 503;
        await using var client = server.CreateClient();
        await using var upload = client.Jobs.OpenUpload("1", capacity: 2);
        var time = new ManualTimeProvider();
        using var log = new JobLog(upload, Output(), time);

        await log.LineAsync("stdout", "INFO", "line 1");
        await log.LineAsync("stdout", "INFO", "line 2");
        var third = log.LineAsync("stdout", "INFO", "line 3");
        Assert.False(third.IsCompleted);
        time.Advance(JobLog.Patience);
        await third;
        await log.LineAsync("stdout", "INFO", "line 4");

        server.RefuseWith = null;
        Assert.Equal("line 1", Message(await server.Jobs.NextPublishedAsync()));
        Assert.Equal("line 2", Message(await server.Jobs.NextPublishedAsync()));
        await log.LineAsync("stdout", "INFO", "line 5");

        Assert.StartsWith("2 line(s) were left out here", Message(await server.Jobs.NextPublishedAsync()));
        Assert.Equal("line 5", Message(await server.Jobs.NextPublishedAsync()));
    }

    private static string? Message(PublishEvent published) =>
        published.Payload!.Value.ToElement().GetProperty("message").GetString();

    private static CliOutput Output() => new(
        new CliHost
        {
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            OpenInput = () => Stream.Null,
            GetEnvironmentVariable = _ => null,
        },
        isJson: false);
}
