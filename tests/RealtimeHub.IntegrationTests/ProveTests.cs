using System.Text.Json;
using RealtimeHub.Cli.Prove;
using RealtimeHub.Testing;

namespace RealtimeHub.IntegrationTests;

public sealed class ProveTests : IDisposable
{
    private const string ViewerKey = "viewer-key-of-the-tests";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly string _report = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_report);

    [Fact]
    public async Task Every_guarantee_holds_on_a_real_server_to_its_last_frame()
    {
        await using var server = await StartAsync();

        var (code, results) = await ProveAsync(server.Uri, "--viewer-key", ViewerKey, "--drain", $"{server.Process.Id}");

        Assert.Empty(results.Where(r => r.Result == "failed").Select(r => $"{r.Rule} {r.Claim}: {r.Detail}"));
        Assert.Equal(0, code);
        Assert.Equal(ProofRun.All.Select(p => (p.Rule, p.Claim)), results.Select(r => (r.Rule, r.Claim)));
        Assert.Equal(["P13", "P12", "P13"], results.Where(r => r.Result == "skipped").Select(r => r.Rule));
        Assert.All(results, r => Assert.NotEmpty(r.Detail));
    }

    [Theory]
    [InlineData("drop", "ordering", "P2", "1 frame(s) neither came nor were announced, the first is 100.")]
    [InlineData("double", "ordering", "P2", "Frame 100 came twice.")]
    [InlineData("silence", "recovery", "P13", "144 frame(s) neither came nor were announced, the first is 2.")]
    [InlineData("nothing", "ordering", "P2", "400 frames of 4 publishers")]
    public async Task A_deployment_that_breaks_a_promise_is_found_out(string fault, string group, string rule, string detail)
    {
        await using var server = await StartAsync();
        await using var proxy = await TamperingProxy.StartAsync(server.Uri, message => Tamper(fault, message));

        var (code, results) = await ProveAsync(proxy.Uri, "--only", group);

        var line = Assert.Single(results, r => r.Rule == rule && r.Detail == detail);
        Assert.Equal(fault == "nothing" ? (0, "passed") : (1, "failed"), (code, line.Result));
    }

    [Fact]
    public async Task A_node_that_is_killed_is_survived_or_the_loss_is_said()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();

        var (code, results) = await ProveAsync(one.Uri, "--only", "nodes", "--node", other.Uri.ToString(), "--kill", $"{one.Process.Id}");

        Assert.Equal(0, code);
        Assert.Equal(["skipped", "passed"], results.Select(r => r.Result));
        Assert.Contains("do not share their channels; the other says", results[1].Detail, StringComparison.Ordinal);
        Assert.NotEqual(0, await one.Process.WaitForExitAsync());
    }

    [Fact]
    public async Task A_node_that_shares_its_channels_is_killed_and_the_other_has_everything()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        var shared = new Dictionary<string, string> { ["Redis__Endpoints__0"] = redis.Endpoint };
        await using var one = await StartAsync(shared);
        await using var other = await StartAsync(shared);

        var (code, results) = await ProveAsync(
            one.Uri, "--only", "nodes", "drain", "--node", other.Uri.ToString(), "--kill", $"{one.Process.Id}", "--drain", $"{other.Process.Id}");

        Assert.Equal([("P12", "passed"), ("P13", "passed"), ("P210", "passed")], results.Select(r => (r.Rule, r.Result)));
        Assert.Equal("120 frames across, history and live", results[0].Detail);
        Assert.Matches(@"^resumed at \d+ of 60 on the other node, recovered with everything, \d+ ms after the kill$", results[1].Detail);
        Assert.StartsWith("61 frames, then SERVER_SHUTDOWN", results[2].Detail, StringComparison.Ordinal);
        Assert.Equal(0, code);
        Assert.NotEqual(0, await one.Process.WaitForExitAsync());
        Assert.Equal(0, await other.Process.WaitForExitAsync());
    }

    [Fact]
    public async Task What_a_key_may_not_do_is_skipped_with_the_reason()
    {
        await using var server = await StartAsync();
        await using var prove = ChildProcess.StartOurs("rthub.dll", ["prove", server.Uri.ToString(), "--only", "ordering", "auth", "--json", "--api-key", ViewerKey]);

        Assert.Equal(0, await prove.WaitForExitAsync());

        var lines = prove.Lines.Where(l => l.StartsWith('{')).ToList();
        Assert.All(lines.Take(3), l => Assert.Contains("\"result\":\"skipped\",\"detail\":\"the credential may not do what this needs", l, StringComparison.Ordinal));
        Assert.Contains("\"failed\":0", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_proof_names_a_rule_that_is_there()
    {
        var rules = File.ReadAllText(Path.Combine(WorkTree.Root, "src/RealtimeHub.Protocol/PROTOCOL.md"));

        Assert.All(ProofRun.All, p => Assert.Contains($"- **{p.Rule}** ", rules, StringComparison.Ordinal));
    }

    private static Task<ServerProcess> StartAsync(IReadOnlyDictionary<string, string>? more = null) => ServerProcess.StartAsync(environment: new Dictionary<string, string>(more ?? new Dictionary<string, string>())
    {
        ["Channels__HeartbeatInterval"] = "00:00:01",
        ["Acks__BaseDelay"] = "00:00:00.5",
        ["Auth__ApiKeys__1__Id"] = "viewer",
        ["Auth__ApiKeys__1__Scopes__0"] = "jobs:read",
        ["Auth__ApiKeys__1__Sha256"] = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(ViewerKey))),
    });

    private static IEnumerable<string> Tamper(string fault, string message) => fault switch
    {
        "drop" when IsFrame(message, 100) => [],
        "double" when IsFrame(message, 100) => [message, message],
        "silence" when message.Contains("\"target\":\"Gap\"", StringComparison.Ordinal) => [],
        _ => [message],
    };

    private static bool IsFrame(string message, int sequence) =>
        message.Contains("\"target\":\"Job\"", StringComparison.Ordinal) && message.Contains($"\"sequence\":{sequence},", StringComparison.Ordinal);

    private async Task<(int Code, IReadOnlyList<Line> Results)> ProveAsync(Uri server, params string[] options)
    {
        await using var prove = ChildProcess.StartOurs("rthub.dll", ["prove", server.ToString(), "--report", _report, .. options]);
        var code = await prove.WaitForExitAsync(Limit);
        Assert.True(File.Exists(_report), string.Join('\n', prove.Lines));
        var report = JsonSerializer.Deserialize<Report>(await File.ReadAllTextAsync(_report), Protocol.Json.RealtimeJson.Options)!;
        return (code, report.Results);
    }

    private sealed record Report(string Server, int Passed, int Failed, int Skipped, IReadOnlyList<Line> Results);

    private sealed record Line(string Rule, string Claim, string Result, string Detail);
}
