using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.IntegrationTests;

// What is tested is that everything is measured; how fast this machine is, is not for a test to judge.
public sealed class BenchTests : IDisposable
{
    private readonly string _report = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_report);

    [Fact]
    public async Task Every_scenario_of_bench_measures_a_real_server()
    {
        await using var server = await ServerProcess.StartAsync();

        var rows = await BenchAsync(server, "--connections", "20", "--seconds", "1");

        Assert.Equal(["connect", "fanout", "latency", "slow", "storm", "streams"], rows.Select(r => r.Scenario).Distinct());
        Assert.True(Value(rows, "connect", "rate") > 0 && Value(rows, "latency", "p99") > 0);
        Assert.True(Value(rows, "fanout", "delivered") >= Value(rows, "fanout", "published"));
        Assert.Contains(rows, r => r.What == "memory per connection");
        foreach (var scenario in new[] { "fanout", "latency", "slow", "storm" })
        {
            Assert.Equal(0, Value(rows, scenario, "frames that did not come"));
        }

        Assert.True(rows.Single(r => r.What.StartsWith("all are back", StringComparison.Ordinal)).Passed);
    }

    [Fact]
    public async Task A_profile_judges_every_documented_figure()
    {
        await using var server = await ServerProcess.StartAsync();

        var rows = await BenchAsync(server, "--profile", "mixed", "--users", "20", "--seconds", "2");

        Assert.Equal(
            ["users", "drops", "updates of the slowest user", "p99", "memory per 100 connections"], rows.Where(r => r.Required is not null).Select(r => r.What));
        Assert.Equal((20.0, true), (Value(rows, "mixed 20", "users"), rows.Single(r => r.What == "users").Passed));
        Assert.Equal(0, Value(rows, "mixed 20", "drops"));
    }

    private static double Value(IReadOnlyList<Row> rows, string scenario, string what) => rows.Single(r => r.Scenario == scenario && r.What == what).Value;

    private async Task<IReadOnlyList<Row>> BenchAsync(ServerProcess server, params string[] options)
    {
        await using var bench = ChildProcess.StartOurs("rthub.dll", ["bench", "--url", server.Uri.ToString(), "--report", _report, .. options]);
        await bench.WaitForExitAsync(TimeSpan.FromMinutes(2));
        Assert.True(File.Exists(_report), string.Join('\n', bench.Lines));
        return JsonSerializer.Deserialize<Report>(await File.ReadAllTextAsync(_report), Protocol.Json.RealtimeJson.Options)!.Rows;
    }

    private sealed record Report(IReadOnlyList<Row> Rows);

    private sealed record Row(string Scenario, string What, double Value, string Unit, string? Required, bool? Passed);
}
