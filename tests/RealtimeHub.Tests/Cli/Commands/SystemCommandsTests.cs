using System.Diagnostics;
using System.Text.Json;
using RealtimeHub.Cli;
using RealtimeHub.Cli.Watching;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Cli.Commands;

public sealed class SystemCommandsTests : IDisposable
{
    private static readonly Dictionary<string, string> Admin = new() { ["RTHUB_API_KEY"] = HubServer.AdminKey };

    private readonly string _folder = Directory.CreateTempSubdirectory("system").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Top_draws_one_screen_where_there_is_no_terminal()
    {
        await using var server = HubServer.Start();
        await CliRun.ToEndAsync(server.Uri, ["publish", "job:x", "--type", "job.started", "--data", """{"job_id":"x","job_type":"t","started_at":"2026-01-01T00:00:00Z"}"""], environment: Admin);

        var top = await CliRun.ToEndAsync(server.Uri, ["system", "top"], environment: Admin);
        var json = await CliRun.ToEndAsync(server.Uri, ["system", "top", "--json"], environment: Admin);

        Assert.True(top.Code == 0, top.Error);
        foreach (var text in new[] { "node", "lately", "channels", "job:x", "cpu %" })
        {
            Assert.Contains(text, top.Output, StringComparison.Ordinal);
        }

        Assert.True(JsonSerializer.Deserialize<JsonElement>(json.Output).GetProperty("status").TryGetProperty("node", out _));
    }

    [Fact]
    public async Task Top_lives_on_a_terminal_until_it_is_interrupted()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["System:Interval"] = "00:00:01" });
        using var interrupt = new CancellationTokenSource();
        await using var output = new LineLog();
        await using var error = new LineLog();
        var host = new CliHost
        {
            Output = output,
            Error = error,
            OpenInput = () => Stream.Null,
            GetEnvironmentVariable = name => name == "RTHUB_API_KEY" ? HubServer.AdminKey : null,
            IsTerminal = true,
            IsAnsi = true,
        };

        var running = Task.Run(() => RthubCommand.RunAsync(["system", "top", "--url", server.Uri.ToString(), "--interval", "0.2"], host, interrupt.Token));
        await output.LineAsync("cpu %");
        await output.LineAsync("cpu %");
        await interrupt.CancelAsync();

        Assert.Equal(0, await running.WaitAsync(Client.Scripted.Limits.Wait));
    }

    [Fact]
    public void Take_measures_how_fast_channels_grow()
    {
        var clock = new ManualTimeProvider();
        var state = new TopState(clock);
        state.Take([Summary("slow", 10, "e"), Summary("fast", 10, "e"), Summary("renewed", 900, "e")]);
        clock.Advance(TimeSpan.FromSeconds(2));

        state.Take([Summary("slow", 11, "e"), Summary("fast", 50, "e"), Summary("renewed", 5, "f")]);

        Assert.Equal([("fast", 20.0), ("slow", 0.5), ("renewed", 0.0)], state.Read().Channels.Select(c => (c.Channel.Channel, c.FramesPerSecond)));
    }

    [Fact]
    public async Task P380_the_server_checks_its_own_audit_files_for_who_may_ask()
    {
        await using (var server = HubServer.Start(
            new Dictionary<string, string?> { ["Audit:Path"] = Path.Combine(_folder, "audit.jsonl"), ["Audit:Secret"] = "a-secret-of-the-tests" },
            keys: [("desk", "desk-key-of-the-tests", "events:read")]))
        {
            await CliRun.ToEndAsync(server.Uri, ["events", "ack", "1", "--json"], environment: Admin);
            using var http = server.Http();
            await http.PostAsync(new Uri("/auth/session", UriKind.Relative), null);
            await UntilAsync(() => new FileInfo(Path.Combine(_folder, "audit.jsonl")).Length > 0);

            var intact = await CliRun.ToEndAsync(server.Uri, ["audit", "verify", "--remote"], environment: Admin);
            var refused = await CliRun.ToEndAsync(server.Uri, ["audit", "verify", "--remote"], environment: new Dictionary<string, string> { ["RTHUB_API_KEY"] = "desk-key-of-the-tests" });
            var absent = await CliRun.ToEndAsync(server.Uri, ["audit", "verify", "--remote", "--last-hash", new string('0', 63) + "1"], environment: Admin);
            var nonsense = await CliRun.ToEndAsync(server.Uri, ["audit", "verify", "--remote", "--last-hash", "nonsense"], environment: Admin);

            Assert.True(intact.Code == 0, intact.Output + intact.Error);
            Assert.StartsWith("Intact: ", intact.Output, StringComparison.Ordinal);
            Assert.Equal(1, refused.Code);
            Assert.Contains("scope", refused.Error, StringComparison.Ordinal);
            Assert.Contains("The noted record is not there", absent.Output, StringComparison.Ordinal);
            Assert.Contains("last_hash", nonsense.Error, StringComparison.Ordinal);

            var stolen = Path.Combine(_folder, "audit-stolen.jsonl");
            await File.WriteAllTextAsync(stolen, (await ReadSharedAsync(Path.Combine(_folder, "audit.jsonl"))).Replace("session_begun", "session_begum", StringComparison.Ordinal));
            var tampered = await CliRun.ToEndAsync(server.Uri, ["audit", "verify", "--remote", "--json"], environment: Admin);
            Assert.Equal(1, tampered.Code);
            Assert.Contains("\"file\":\"audit-stolen.jsonl\"", tampered.Output, StringComparison.Ordinal);
        }

        var here = await CliRun.ToEndAsync(null, ["audit", "verify", Path.Combine(_folder, "audit.jsonl")], environment: new Dictionary<string, string> { ["RTHUB_AUDIT_SECRET"] = "a-secret-of-the-tests" });
        Assert.Equal(0, here.Code);
    }

    [Fact]
    public async Task Completion_in_bash_completes_what_the_program_knows()
    {
        var script = await CliRun.ToEndAsync(null, ["completion", "bash"]);
        var words = await CliRun.ToEndAsync(null, ["[suggest:9]", "channels "]);
        var file = Path.Combine(_folder, "rthub.bash");
        await File.WriteAllTextAsync(
            file,
            $$"""
            rthub() { printf '%s\n' list history; }
            {{script.Output}}
            COMP_LINE='rthub channels h' COMP_POINT=16 COMP_WORDS=(rthub channels h) COMP_CWORD=2
            _rthub_complete
            printf '%s\n' "${COMPREPLY[@]}"
            """);
        using var bash = Process.Start(new ProcessStartInfo("bash", [file]) { RedirectStandardOutput = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync();

        Assert.Equal("history\n", output);
        Assert.Contains("list", words.Output.Split('\n'));
        Assert.Contains("history", words.Output.Split('\n'));
        foreach (var shell in new[] { "zsh", "pwsh" })
        {
            Assert.Contains("[suggest:", (await CliRun.ToEndAsync(null, ["completion", shell])).Output, StringComparison.Ordinal);
        }
    }

    private static ChannelSummary Summary(string channel, long sequence, string epoch) => new(channel, epoch, sequence, 1, 1, 1, 1, null);

    private static async Task<string> ReadSharedAsync(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return await reader.ReadToEndAsync();
    }

    // The audit loop writes in its own time; this looks again after a moment, with a limit.
    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Client.Scripted.Limits.Wait);
        while (!isSo())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
