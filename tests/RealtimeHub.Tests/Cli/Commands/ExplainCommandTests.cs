using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Cli.Commands;

public sealed class ExplainCommandTests : IDisposable
{
    private static readonly Dictionary<string, string> Admin = new() { ["RTHUB_API_KEY"] = HubServer.AdminKey };

    private readonly string _folder = Directory.CreateTempSubdirectory("explain").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Explain_of_a_climate_frame_tells_policy_lineage_inputs_and_attribution_and_verify_checks_it_here_and_there()
    {
        await using var server = HubServer.Start(clock: new ManualTimeProvider());
        var file = Path.Combine(_folder, "frame.ndjson");
        var field = await CliRun.ToEndAsync(server.Uri, ["climate", "fields", "--once", "--json", "--bbox", "-97.5,38.2,-96.5,38.8"], environment: Admin);
        await File.WriteAllTextAsync(file, field.Output);
        var activity = JsonSerializer.Deserialize<JsonElement>(field.Output.Split('\n').First(l => l.Contains("\"frame\"", StringComparison.Ordinal)))
            .GetProperty("frame").GetProperty("prov").GetProperty("activity").GetString()!;

        var explained = await CliRun.ToEndAsync(server.Uri, ["explain", file], environment: Admin);
        var json = await CliRun.ToEndAsync(server.Uri, ["explain", file, "--json"], environment: Admin);
        var byName = await CliRun.ToEndAsync(server.Uri, ["explain", activity], environment: Admin);
        var here = await CliRun.ToEndAsync(new Uri("http://localhost:1"), ["verify", file]);
        var there = await CliRun.ToEndAsync(server.Uri, ["verify", "--remote", file], environment: Admin);
        await File.WriteAllTextAsync(file, field.Output.Replace("\"data\":\"", "\"data\":\"AAAA", StringComparison.Ordinal));
        var changed = await CliRun.ToEndAsync(null, ["verify", file]);

        Assert.True(explained.Code == 0, explained.Error);
        foreach (var section in new[] { "frame", "policy", "lineage", "inputs", "attribution" })
        {
            Assert.Contains($"\n{section}\n", "\n" + explained.Output, StringComparison.Ordinal);
        }

        Assert.Contains(activity, explained.Output, StringComparison.Ordinal);
        Assert.Contains("intact, 1220", explained.Output, StringComparison.Ordinal);
        var document = JsonSerializer.Deserialize<JsonElement>(json.Output);
        Assert.NotEmpty(document.GetProperty("inputs").EnumerateArray());
        Assert.NotEmpty(document.GetProperty("attribution").GetProperty("contributions").EnumerateArray());
        Assert.Equal(0, byName.Code);
        Assert.Contains("lineage", byName.Output, StringComparison.Ordinal);
        Assert.True(here.Code == 0, here.Error);
        Assert.StartsWith("intact", here.Output, StringComparison.Ordinal);
        Assert.StartsWith("reproduced", there.Output, StringComparison.Ordinal);
        Assert.Equal(1, changed.Code);
    }

    [Fact]
    public async Task Verify_computes_a_finished_simulation_again_without_a_server()
    {
        await using var server = HubServer.Start();
        var run = await CliRun.ToEndAsync(server.Uri, ["sim", "run", "--grid", "16", "--steps", "5", "--rate", "0", "--json"], environment: Admin);
        var last = run.Output.Split('\n').Last(l => l.Contains("simulation_complete", StringComparison.Ordinal) && l.Contains("\"kind\":\"frame\"", StringComparison.Ordinal));
        var file = Path.Combine(_folder, "run.ndjson");
        await File.WriteAllTextAsync(file, last);

        var verify = await CliRun.ToEndAsync(null, ["verify", file]);
        var explain = await CliRun.ToEndAsync(server.Uri, ["explain", file], environment: Admin);
        await File.WriteAllTextAsync(file, last.Replace("\"seed\":42", "\"seed\":43", StringComparison.Ordinal));
        var other = await CliRun.ToEndAsync(null, ["verify", file]);

        Assert.True(verify.Code == 0, verify.Error);
        Assert.StartsWith("intact (computed again)", verify.Output, StringComparison.Ordinal);
        Assert.Contains("seed", explain.Output, StringComparison.Ordinal);
        Assert.Equal(1, other.Code);
    }

    [Fact]
    public async Task Explain_of_an_ungoverned_frame_says_so()
    {
        await using var server = HubServer.Start();
        await CliRun.ToEndAsync(server.Uri, ["publish", "job:x", "--type", "job.started", "--data", """{"job_id":"x","job_type":"t","started_at":"2026-01-01T00:00:00Z"}"""], environment: Admin);

        var explain = await CliRun.ToEndAsync(server.Uri, ["explain", "job:x@1"], environment: Admin);
        var missing = await CliRun.ToEndAsync(server.Uri, ["explain", "job:x@9"], environment: Admin);

        Assert.Contains("job.started", explain.Output, StringComparison.Ordinal);
        Assert.Contains("No policy governs", explain.Error, StringComparison.Ordinal);
        Assert.Equal(2, missing.Code);
    }
}
