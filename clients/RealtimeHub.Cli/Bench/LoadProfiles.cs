using System.Text.Json.Nodes;

namespace RealtimeHub.Cli.Bench;

/// <summary>The documented load profiles of simulations, with the figures that have to be met.</summary>
internal static class LoadProfiles
{
    /// <summary>The longest profile: a streamed run has at most 1,000 steps, ten a second.</summary>
    public const int MaxSeconds = 60;

    private const int Steps = 1_000;
    private const double StepsPerSecond = 10;
    private const double MaxDropPercent = 0.5;
    private const double MaxLatencyMs = 120;
    private const double MinRateShare = 0.9;
    private const double MaxMegabytesPer100 = 10;

    public static IReadOnlyList<string> Names { get; } = ["stream", "simulation", "mixed"];

    public static async Task RunAsync(BenchSite site, string profile, int users, Action<BenchRow> add, CancellationToken cancellationToken)
    {
        var scenario = $"{profile} {users}";
        var latencies = new LatencyHistogram();
        var load = new UserLoad(site, latencies);

        // A server that has just started grows whoever comes; what counts is what further users cost.
        var first = await load.OpenAsync(users / 5, i => StreamOf(profile, i), users / 10, cancellationToken).ConfigureAwait(false);
        var before = await site.MemoryAsync(cancellationToken).ConfigureAwait(false);
        List<LoadReader> readers = [.. first, .. await load.OpenAsync(users - first.Count, i => StreamOf(profile, i), users / 10, cancellationToken).ConfigureAwait(false)];
        try
        {
            await UserLoad.MeasureAsync(site, readers, site.Load.Duration, cancellationToken).ConfigureAwait(false);
            var after = await site.MemoryAsync(cancellationToken).ConfigureAwait(false);
            Judge(scenario, readers, latencies, site.Load.Duration.TotalSeconds, add);
            if (before is { } low && after is { } high)
            {
                var megabytes = Math.Max(0, high - low) / 1e6 / (users - first.Count) * 100;
                add(new BenchRow(scenario, "memory per 100 connections", megabytes, "MB", "< 10", megabytes < MaxMegabytesPer100));
            }
        }
        finally
        {
            await BenchSite.CloseAsync(readers).ConfigureAwait(false);
        }
    }

    private static void Judge(string scenario, List<LoadReader> readers, LatencyHistogram latencies, double seconds, Action<BenchRow> add)
    {
        var alive = readers.Count(r => r.Received > 0 && !r.HasEnded);
        add(new BenchRow(scenario, "users", alive, "", $">= {readers.Count}", alive >= readers.Count));
        var drops = 100.0 * readers.Sum(r => r.Lost) / Math.Max(1, readers.Sum(r => r.Received + r.Lost));
        add(new BenchRow(scenario, "drops", drops, "%", "< 0.5", drops < MaxDropPercent));
        var slowest = readers.Min(r => r.Received) / seconds;
        add(new BenchRow(scenario, "updates of the slowest user", slowest, "1/s", ">= 9", slowest >= MinRateShare * StepsPerSecond));
        Scenarios.AddPercentiles(scenario, latencies, row => add(row.What == "p99" ? row with { Required = "< 120", Passed = row.Value < MaxLatencyMs } : row));
    }

    // Three of four users of the mixed profile watch features, the fourth a simulation.
    private static (string Method, JsonObject Request) StreamOf(string profile, int index) => profile == "stream" || (profile == "mixed" && index % 4 != 3)
        ? ("StreamFeatures", new JsonObject { ["steps_per_second"] = StepsPerSecond, ["update_interval_ms"] = 50 })
        : ("StreamSimulation", new JsonObject { ["steps"] = Steps, ["steps_per_second"] = StepsPerSecond });
}
