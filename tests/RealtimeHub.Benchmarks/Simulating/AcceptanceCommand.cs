using System.CommandLine;
using System.Globalization;
using RealtimeHub.Benchmarks.Comparing;

namespace RealtimeHub.Benchmarks.Simulating;

/// <summary><c>acceptance</c>: the documented figures of simulation streams, on a real server in a process of its own.</summary>
internal static class AcceptanceCommand
{
    private const string Key = "dev-key";
    private const int Clients = 500;
    private const int BaseClients = 100;
    private const int FastClients = 20;
    private const double MaxDropPercent = 0.5;
    private const double MaxLatencyMs = 120.0;
    private const double MaxMegabytesPer100 = 10.0;
    private const double MinUpdatesPerSecond = 100.0;
    private const double Rate = 10.0;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each stream is measured.", DefaultValueFactory = _ => 30 };
        var command = new Command("acceptance", "The documented figures: drops, latency, clients, updates per second, memory.") { seconds };
        command.SetAction((parsed, cancellationToken) => RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), Console.Out));
        return command;
    }

    private static async Task<int> RunAsync(TimeSpan duration, TextWriter output)
    {
        var table = new ResultTable(output);
        table.PrintHeader();
        await using var server = await Testing.ServerProcess.StartAsync();
        await ManyAsync(server, duration, table);
        await FastAsync(server, duration / 3, table);
        return table.Passed ? 0 : 1;
    }

    // 500 viewers of one run of 256 x 256 at ten frames a second.
    private static async Task ManyAsync(Testing.ServerProcess server, TimeSpan duration, ResultTable table)
    {
        const string Request = """{"grid_size":256,"steps":1000,"steps_per_second":10,"spike_probability":0.5}""";
        var load = $"{Clients} x 10/s";
        var clients = new List<StreamClient>();
        await AddAsync(BaseClients);

        // A server that has just started grows whoever comes; what counts is what a further viewer costs.
        await Task.Delay(WarmUp);
        var before = ResidentBytes(server.Process.Id);
        await AddAsync(Clients);
        await Task.Delay(WarmUp);
        await MeasureAsync(clients, duration);
        var after = ResidentBytes(server.Process.Id);
        var expected = duration.TotalSeconds * Rate * clients.Count;
        var latencies = clients.SelectMany(c => c.LatenciesMs).Order().ToList();
        var drops = 100.0 * clients.Sum(c => c.Lost) / Math.Max(1, latencies.Count);
        var slowest = clients.Min(c => c.Frames) / duration.TotalSeconds;
        table.Add(new ResultRow("clients", load, "ours", clients.Count(c => c.Frames > 0), "", Required: ">= 500", Passed: clients.TrueForAll(c => c.Frames > 0)));
        table.Add(new ResultRow("drops", load, "ours", drops, "%", Required: "< 0.5", Passed: drops < MaxDropPercent, Note: $"{latencies.Count} frames of {expected:0} came"));
        table.Add(new ResultRow("rate", load, "ours", slowest, "1/s", Rate, slowest / Rate, ">= 0.98", slowest >= 0.98 * Rate, "the slowest viewer"));
        table.Add(new ResultRow("latency", load, "p50", At(latencies, 0.5), "ms"));
        table.Add(new ResultRow("latency", load, "p99", At(latencies, 0.99), "ms", Required: "< 120", Passed: At(latencies, 0.99) < MaxLatencyMs));
        table.Add(new ResultRow("latency", load, "max", latencies.LastOrDefault(), "ms"));
        var megabytes = (after - before) / 1e6 / (Clients - BaseClients) * 100;
        table.Add(new ResultRow("memory", load, "ours", megabytes, "MB/100", Required: "< 10", Passed: megabytes < MaxMegabytesPer100, Note: $"{before / 1e6:0} MB with {BaseClients} viewers, {after / 1e6:0} MB with all"));
        await CloseAsync(clients);

        async Task AddAsync(int upTo)
        {
            foreach (var batch in Enumerable.Range(clients.Count, upTo - clients.Count).Chunk(25))
            {
                clients.AddRange(await Task.WhenAll(batch.Select(_ => ViewAsync(server.Uri, Request))));
            }
        }
    }

    private static async Task FastAsync(Testing.ServerProcess server, TimeSpan duration, ResultTable table)
    {
        const string Request = """{"grid_size":64,"steps_per_second":125,"update_interval_ms":10}""";
        var clients = (await Task.WhenAll(Enumerable.Range(0, FastClients).Select(_ => ViewAsync(server.Uri, Request, "StreamFeatures")))).ToList();
        await Task.Delay(WarmUp);
        await MeasureAsync(clients, duration);
        var slowest = clients.Min(c => c.Frames) / duration.TotalSeconds;
        var load = $"{FastClients} x 125/s";
        table.Add(new ResultRow("updates", load, "ours", slowest, "1/s", Required: ">= 100", Passed: slowest >= MinUpdatesPerSecond, Note: "the slowest connection"));
        table.Add(new ResultRow("latency", load, "p99", At([.. clients.SelectMany(c => c.LatenciesMs).Order()], 0.99), "ms"));
        await CloseAsync(clients);
    }

    private static async Task<StreamClient> ViewAsync(Uri server, string request, string method = "StreamSimulation")
    {
        var client = new StreamClient();
        await client.OpenAsync(server, Key, method, request);
        await client.Started.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return client;
    }

    private static async Task MeasureAsync(List<StreamClient> clients, TimeSpan duration)
    {
        clients.ForEach(c => c.Begin());
        await Task.Delay(duration);
        clients.ForEach(c => c.End());
    }

    private static async Task CloseAsync(List<StreamClient> clients)
    {
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    private static double At(List<double> sorted, double share) =>
        sorted.Count == 0 ? double.PositiveInfinity : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    private static long ResidentBytes(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
