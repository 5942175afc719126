using RealtimeHub.Cli;
using RealtimeHub.Cli.Jobs;
using RealtimeHub.Cli.Output;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Cli.Jobs;

public class JobLogTests
{
    [Fact]
    public async Task Line_leaves_out_what_the_full_upload_cannot_hold_and_says_how_much()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.RefuseWith = 503;
        await using var client = server.CreateClient();
        await using var upload = client.Jobs.OpenUpload("1", capacity: 2);
        var log = new JobLog(upload, Output(), TimeProvider.System);

        foreach (var number in Enumerable.Range(1, 5))
        {
            log.Line("stdout", "INFO", $"line {number}");
        }

        server.RefuseWith = null;
        Assert.Equal("line 1", Message(await server.Jobs.NextPublishedAsync()));
        Assert.Equal("line 2", Message(await server.Jobs.NextPublishedAsync()));
        log.Line("stdout", "INFO", "line 6");

        Assert.StartsWith("3 line(s) were left out here", Message(await server.Jobs.NextPublishedAsync()));
        Assert.Equal("line 6", Message(await server.Jobs.NextPublishedAsync()));
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
