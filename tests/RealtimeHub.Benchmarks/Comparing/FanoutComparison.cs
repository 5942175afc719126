using RealtimeHub.Benchmarks.Load;
using RealtimeHub.Benchmarks.Serving;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>How many frames a second reach all members of a group, and what that costs the server.</summary>
internal sealed class FanoutComparison(CompareOptions options, ClientLoop loop, ResultTable table)
{
    /// <summary>The name on the command line and in the table.</summary>
    public const string Name = "fanout";

    private const double RequiredRatio = 0.85;

    private const int GovernedWindowFrames = 500;
    private const int GovernedWindowBytes = 2 << 20;

    // A younger server still gets faster from one burst to the next.
    private const double WarmUpSeconds = 3;

    // Beyond this share of a core, the one thread of the load clients limits what any server can deliver.
    private const double ClientLimit = 0.9;

    private readonly double _targetSeconds = options.IsQuick ? 0.5 : 1.5;

    public async Task RunAsync()
    {
        foreach (var cell in options.Cells ?? FanoutCell.All(options.IsQuick ? 1000 : 5000))
        {
            await CompareAsync(cell.Connections, cell.Size);
        }
    }

    // Nothing holds up a publisher to a governed channel, and readers that lag too far lose frames on purpose: what is
    // measured is how fast frames get through, so its publisher stays within half of what a reader may lag.
    private int Window(string variant, int size) => variant == ServerVariants.Governed && options.Window == 0
        ? Math.Min(GovernedWindowFrames, GovernedWindowBytes / size)
        : options.Window;

    private async Task CompareAsync(int connections, int size)
    {
        var load = $"{size} B to {connections}";
        var servers = new List<LoadedServer>();
        try
        {
            foreach (var variant in options.Variants)
            {
                var server = await LoadedServer.StartAsync(loop, variant);
                servers.Add(server);
                await server.ConnectAsync(connections);
            }

            AddRows(load, await MeasureAsync(servers, size));
        }
        catch (Exception error) when (error is IncompleteRunException or TimeoutException or InvalidOperationException)
        {
            table.Add(new ResultRow(Name, load, "", null, "", Required: "complete", Passed: false, Note: error.Message));
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private async Task<BurstResult[][]> MeasureAsync(List<LoadedServer> servers, int size)
    {
        var frames = 0;
        foreach (var server in servers)
        {
            var suitable = await WarmUpAsync(server, size);
            frames = frames == 0 ? suitable : frames;
        }

        var results = servers.Select(_ => new BurstResult[options.Rounds]).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var turn = 0; turn < servers.Count; turn++)
            {
                var index = round % 2 == 0 ? turn : servers.Count - 1 - turn;
                results[index][round] = await servers[index].BurstAsync(frames, size, Window(servers[index].Variant, size));
            }
        }

        return results;
    }

    // Bursts until the server's code is compiled, and finds how many frames take as long as a run should.
    private async Task<int> WarmUpAsync(LoadedServer server, int size)
    {
        var frames = 10;
        var spent = 0.0;
        while (true)
        {
            var result = await server.BurstAsync(frames, size, Window(server.Variant, size));
            var seconds = result.Elapsed.TotalSeconds;
            spent += seconds;
            var suitable = Math.Max(10, (int)(frames * Math.Min(_targetSeconds / seconds, 10)));
            if (spent >= WarmUpSeconds && seconds > _targetSeconds / 4)
            {
                return suitable;
            }

            frames = suitable;
        }
    }

    private void AddRows(string load, BurstResult[][] results)
    {
        var reference = results[0];
        for (var i = 1; i < results.Length; i++)
        {
            var variant = options.Variants[i];
            AddRow(load, variant, "frames/s", results[i], reference, result => result.Rate, isRequired: variant != ServerVariants.Governed);
            AddRow(load, variant, "CPU µs/frame", results[i], reference, result => result.ServerCpuMicrosecondsPerFrame, isRequired: false);
        }
    }

    private void AddRow(
        string load, string variant, string unit, BurstResult[] results, BurstResult[] reference, Func<BurstResult, double> value, bool isRequired)
    {
        var ratio = Median.Of(results.Zip(reference, (one, other) => value(one) / value(other)));
        var busy = Median.Of(reference.Concat(results).Select(result => result.ClientBusy));
        var missed = results.Sum(result => result.Missed);
        table.Add(new ResultRow(
            Name,
            load,
            variant,
            Median.Of(results.Select(value)),
            unit,
            Median.Of(reference.Select(value)),
            ratio,
            isRequired ? $">= {RequiredRatio:0.00}" : null,
            isRequired ? ratio >= RequiredRatio && missed == 0 : null,
            Note(busy, missed)));
    }

    private static string Note(double busy, long missed) => (missed, busy) switch
    {
        (> 0, _) => $"{missed} frames missing or out of order",
        (_, >= ClientLimit) => $"clients {busy:P0} busy: they limit both",
        _ => $"clients {busy:P0} busy",
    };
}
