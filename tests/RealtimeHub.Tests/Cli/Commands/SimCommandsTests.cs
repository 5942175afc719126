using System.Text;
using RealtimeHub.Cli.Simulation;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Cli.Commands;

public class SimCommandsTests
{
    private static readonly Dictionary<string, string> Admin = new() { ["RTHUB_API_KEY"] = HubServer.AdminKey };

    [Fact]
    public async Task Sim_run_keeps_fields_and_a_picture_and_verify_agrees()
    {
        await using var server = HubServer.Start();
        var (npy, png) = (Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.npy"), Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.png"));

        var run = await CliRun.ToEndAsync(
            server.Uri, ["sim", "run", "--model", "gray-scott", "--grid", "32", "--steps", "20", "--rate", "0", "--save", npy, "--png", png], environment: Admin);
        var runId = run.Error.Split("sim verify ")[1].Trim();
        var verify = await CliRun.ToEndAsync(server.Uri, ["sim", "verify", runId], environment: Admin);
        var one = await CliRun.ToEndAsync(server.Uri, ["sim", "verify", runId, "--step", "7", "--json"], environment: Admin);
        var list = await CliRun.ToEndAsync(server.Uri, ["sim", "list", "--state", "completed"], environment: Admin);

        Assert.Equal(0, run.Code);
        Assert.Contains("v_mean", run.Output, StringComparison.Ordinal);
        var bytes = await File.ReadAllBytesAsync(npy);
        Assert.Equal("\u0093NUMPY", Encoding.Latin1.GetString(bytes, 0, 6));
        Assert.Contains("(21, 32, 32)", Encoding.Latin1.GetString(bytes, 10, 118), StringComparison.Ordinal);
        Assert.Equal(128 + (21 * 32 * 32 * 4), bytes.Length);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await File.ReadAllBytesAsync(png))[..4]);
        Assert.Equal((0, $"{runId}: 20 checksum(s) up to step 20 are the same.\n"), (verify.Code, verify.Output));
        Assert.Contains("\"is_same\":true", one.Output, StringComparison.Ordinal);
        Assert.Contains(runId, list.Output, StringComparison.Ordinal);
        File.Delete(npy);
        File.Delete(png);
    }

    [Fact]
    public async Task Sim_verify_of_a_steered_run_follows_its_events()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var run = await client.Simulation.StartRunAsync(new() { Model = "mycelium", GridSize = 24, StartPaused = true });

        foreach (var command in new string[][] { ["step", run.RunId, "5"], ["steer", run.RunId, "--alpha", "0.1", "--spike", "3", "4", "0.03"], ["step", run.RunId, "5"], ["stop", run.RunId] })
        {
            var result = await CliRun.ToEndAsync(server.Uri, ["sim", .. command], environment: Admin);
            Assert.True(result.Code == 0, $"{string.Join(' ', command)}: {result.Error}");
        }

        var verify = await CliRun.ToEndAsync(server.Uri, ["sim", "verify", run.RunId], environment: Admin);
        Assert.Equal(0, verify.Code);
        Assert.Contains("are the same", verify.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sim_watch_follows_a_run_that_is_paused_resumed_and_stopped()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var run = await client.Simulation.StartRunAsync(new() { GridSize = 16, StepsPerSecond = 50 });
        await using var watch = CliRun.Start(server.Uri, "sim", "watch", run.RunId, "--from", "history", "--api-key", HubServer.AdminKey);

        var pause = await CliRun.ToEndAsync(server.Uri, ["sim", "pause", run.RunId], environment: Admin);
        await watch.Error.LineAsync("simulation_paused after step");
        var status = await CliRun.ToEndAsync(server.Uri, ["sim", "list", "--json"], environment: Admin);
        var resume = await CliRun.ToEndAsync(server.Uri, ["sim", "resume", run.RunId], environment: Admin);
        await watch.Error.LineAsync("simulation_resumed after step");
        var stop = await CliRun.ToEndAsync(server.Uri, ["sim", "stop", run.RunId], environment: Admin);
        var watched = await watch.EndAsync();
        var late = await CliRun.ToEndAsync(server.Uri, ["sim", "watch", run.RunId], environment: Admin);
        var unknown = await CliRun.ToEndAsync(server.Uri, ["sim", "pause", "sim-nothing"], environment: Admin);

        Assert.Equal((0, 0, 0, 0), (pause.Code, resume.Code, stop.Code, watched.Code));
        Assert.Matches($"^{run.RunId}: paused, step [0-9]+\n$", pause.Output);
        Assert.Contains("\"state\":\"paused\"", status.Output, StringComparison.Ordinal);
        Assert.Matches($"^{run.RunId}: running, step [0-9]+\n$", resume.Output);
        Assert.Contains("pot_mean_mV", watched.Output, StringComparison.Ordinal);
        Assert.Equal(0, late.Code);
        Assert.Contains("pot_mean_mV", late.Output, StringComparison.Ordinal);
        Assert.Equal(1, unknown.Code);
        Assert.Contains("(RUN_NOT_FOUND)", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sim_watch_that_is_interrupted_leaves_the_run_at_work()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var run = await client.Simulation.StartRunAsync(new() { GridSize = 16, StepsPerSecond = 50 });
        await using var watch = CliRun.Start(server.Uri, "sim", "watch", run.RunId, "--json", "--api-key", HubServer.AdminKey);
        await watch.Output.LineAsync("simulation_state");

        var watched = await watch.InterruptAsync();

        Assert.Equal(0, watched.Code);
        Assert.Equal("running", (await client.Simulation.DescribeRunAsync(run.RunId)).State);
    }

    [Fact]
    public async Task Sim_run_out_of_range_says_what_is_allowed()
    {
        await using var server = HubServer.Start();

        var result = await CliRun.ToEndAsync(server.Uri, ["sim", "run", "--grid", "4"], environment: Admin);

        Assert.Equal(1, result.Code);
        Assert.Contains("It is 4. Allowed: 8..1024.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Sparkline_shows_the_newest_values()
    {
        var sparkline = new Sparkline(4);

        foreach (var value in new[] { 9.0, 0.0, 1.0, 2.0, 7.0 })
        {
            sparkline.Add(value);
        }

        Assert.Equal("▁▂▃█", sparkline.ToString());
    }
}
