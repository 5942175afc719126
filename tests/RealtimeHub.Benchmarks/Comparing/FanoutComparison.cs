using RealtimeHub.Benchmarks.Load;
using RealtimeHub.Benchmarks.Serving;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>How many frames a second reach all members of a group, and what that costs the server.</summary>
internal sealed class FanoutComparison(CompareOptions options, ClientLoop loop, ResultTable table)
{
    /// <summary>The name on the command line and in the table.</summary>
    public const string Name = "fanout";

    private const double RequiredRatio = 0.85;

    // Nothing holds up a publisher to our server, and readers that lag too far lose frames or the connection on purpose. What
    // is measured is how fast frames get through, so a publisher stays within what a reader may lag. Stock holds its publisher
    // up itself.
    private static readonly Dictionary<string, (int Frames, int Bytes)> Windows = new()
    {
        [ServerVariants.Engine] = (240, 960 << 10),
        [ServerVariants.Governed] = (500, 2 << 20),
        [ServerVariants.Bare] = (240, 960 << 10),
        [ServerVariants.NodeWs] = (240, 960 << 10),
        [ServerVariants.SocketIo] = (240, 960 << 10),
    };

    // Where the targets are, other kinds of server are compared too.
    private const int TargetConnections = 1000;

    // Processor time per frame there, as a share of stock's.
    private static readonly Dictionary<int, double> CpuTargets = new() { [128] = 1 / 1.5, [1024] = 1 / 2.0, [16 * 1024] = 1 / 3.0 };

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

    private int Window(string variant, int size) => options.Window == 0 && Windows.TryGetValue(variant, out var window)
        ? Math.Min(window.Frames, window.Bytes / size)
        : options.Window;

    private async Task CompareAsync(int connections, int size)
    {
        var load = $"{size} B to {connections}";
        var servers = new List<LoadedServer>();
        try
        {
            var variants = connections == TargetConnections ? options.Variants : options.OfSignalR().Variants;
            foreach (var variant in variants)
            {
                var server = await LoadedServer.StartAsync(loop, variant);
                servers.Add(server);
                await server.ConnectAsync(connections);
            }

            AddRows(load, variants, await MeasureAsync(servers, size), connections == TargetConnections ? CpuTargets.GetValueOrDefault(size) : 0);
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

    private void AddRows(string load, IReadOnlyList<string> variants, BurstResult[][] results, double cpuTarget)
    {
        for (var i = 1; i < results.Length; i++)
        {
            // What the governed server sends is larger by the envelope, so that nothing is required of it here.
            var variant = variants[i];
            var (rate, otherRate, rateRatio) = Compare(results[i], results[0], result => result.Rate);
            var required = variant == ServerVariants.Engine ? $">= {RequiredRatio:0.00}" : null;
            bool? passed = required is null ? null : rateRatio >= RequiredRatio;
            table.Add(new ResultRow(Name, load, variant, rate, "frames/s", otherRate, rateRatio, required, passed, Note(results[0].Concat(results[i]))));

            var (cpu, otherCpu, cpuRatio) = Compare(results[i], results[0], result => result.ServerCpuMicrosecondsPerFrame);
            var isTarget = variant == ServerVariants.Engine && cpuTarget > 0;
            table.Add(new ResultRow(
                Name, load, variant, cpu, "CPU µs/frame", otherCpu, cpuRatio, isTarget ? $"<= {cpuTarget:0.00}" : null, isTarget ? cpuRatio <= cpuTarget : null));
        }
    }

    // The ratio is the median of the pairs' ratios: what disturbed one round disturbed both of its halves.
    private static (double Value, double Reference, double Ratio) Compare(
        BurstResult[] results, BurstResult[] reference, Func<BurstResult, double> value) =>
        (Median.Of(results.Select(value)),
            Median.Of(reference.Select(value)),
            Median.Of(results.Zip(reference, (one, other) => value(one) / value(other))));

    private static string Note(IEnumerable<BurstResult> results)
    {
        var busy = Median.Of(results.Select(result => result.ClientBusy));
        return busy >= ClientLimit ? $"clients {busy:P0} busy: they limit both" : $"clients {busy:P0} busy";
    }
}
