using RealtimeHub.Testing;

namespace RealtimeHub.IntegrationTests;

public class RthubTests
{
    [Fact]
    public async Task Jobs_run_shows_a_real_command_in_another_terminal_and_passes_its_exit_code_on()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var run = Rthub(server, "jobs", "run", "--id", "build", "--", "sh", "-c", "echo one; echo two >&2; sleep 0.2; echo three; exit 3");
        await run.WaitForLineAsync(l => l == "one", "the command's own output");
        await using var tail = Rthub(server, "jobs", "tail", "build");

        var runExit = await run.WaitForExitAsync();
        var tailExit = await tail.WaitForExitAsync();

        Assert.Equal(3, runExit);
        Assert.Equal(1, tailExit);
        var lines = tail.Lines.Where(l => !l.StartsWith('!')).ToList();
        Assert.Contains(lines, l => l.EndsWith("one", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.EndsWith("two", StringComparison.Ordinal));
        Assert.True(lines.FindIndex(l => l.EndsWith("one", StringComparison.Ordinal)) < lines.FindIndex(l => l.EndsWith("three", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Events_tail_survives_a_restart_and_says_what_it_cost()
    {
        var server = await ServerProcess.StartAsync();
        await using var tail = Rthub(server, "events", "tail");
        await tail.WaitForLineAsync(l => l.Contains("Listening", StringComparison.Ordinal), "the subscription");
        await PublishAsync(server, "before");
        await tail.WaitForLineAsync(l => l.Contains("before", StringComparison.Ordinal), "the event before the restart");

        await server.Process.KillAsync();
        await using var again = await ServerProcess.StartAsync(server.Uri);
        await tail.WaitForLineAsync(l => l.Contains("its history was lost", StringComparison.Ordinal), "the truth about the restart");
        await PublishAsync(again, "after");
        await tail.WaitForLineAsync(l => l.Contains("after", StringComparison.Ordinal) && !l.StartsWith('!'), "the event after the restart");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_one_clear_sentence()
    {
        await using var tail = ChildProcess.StartOurs("rthub.dll", ["channels", "list", "--url", "http://127.0.0.1:9"]);

        var exitCode = await tail.WaitForExitAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(tail.Lines, l => l.StartsWith("! No server answers at http://127.0.0.1:9", StringComparison.Ordinal));
    }

    private static ChildProcess Rthub(ServerProcess server, params string[] arguments) =>
        ChildProcess.StartOurs("rthub.dll", arguments, new Dictionary<string, string> { ["RTHUB_URL"] = server.Uri.ToString() });

    private static async Task PublishAsync(ServerProcess server, string camera)
    {
        await using var publish = Rthub(
            server, "publish", "events", "--type", "camera.offline", "--data", $$"""{"camera_id":"{{camera}}","camera_name":"n","timestamp":"2026-01-01T00:00:00Z"}""");
        Assert.Equal(0, await publish.WaitForExitAsync());
    }
}
