using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.IntegrationTests;

// The scripts use the official JavaScript client, and curl.
public class ScriptTests
{
    private static readonly string Scripts = Path.Combine(WorkTree.Root, "clients", "scripts");

    [Fact]
    public async Task Tail_events_prints_what_publish_event_publishes()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var tail = Run(server, "node", "tail-events.mjs", "event", "2");
        await tail.WaitForLineAsync(l => l.StartsWith("! subscribed to events", StringComparison.Ordinal), "the subscription");

        foreach (var id in new[] { "1", "1", "2" })
        {
            await using var publish = Run(server, "bash", "publish-event.sh", "garage", "85", "critical", id);
            Assert.Equal(0, await publish.WaitForExitAsync());
        }

        Assert.Equal(0, await tail.WaitForExitAsync());
        var frames = tail.Lines.Where(l => l.StartsWith('{')).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).ToList();
        Assert.Equal([1, 2], frames.Select(f => f.GetProperty("sequence").GetInt64()));
        Assert.All(frames, f => Assert.True(f.GetProperty("requires_ack").GetBoolean()));
    }

    [Fact]
    public async Task Follow_job_streams_a_log_to_the_job_s_end()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var run = ChildProcess.StartOurs(
            "rthub.dll", ["jobs", "run", "--id", "hello", "--", "echo", "hello from a job"], new Dictionary<string, string> { ["RTHUB_URL"] = server.Uri.ToString() });
        Assert.Equal(0, await run.WaitForExitAsync());

        await using var follow = Run(server, "node", "follow-job.mjs", "hello");

        Assert.Equal(0, await follow.WaitForExitAsync());
        Assert.Equal(["job.started", "hello from a job", "job.completed"], follow.Lines);
    }

    private static ChildProcess Run(ServerProcess server, string program, params string[] arguments) =>
        ChildProcess.Start(program, arguments, new Dictionary<string, string> { ["RTHUB_URL"] = server.Uri.ToString().TrimEnd('/') }, Scripts);
}
