using RealtimeHub.Benchmarks.Load;
using RealtimeHub.Benchmarks.Serving;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>What a usual load costs: frames at a pace that no server has trouble with.</summary>
internal sealed class PacedComparison(CompareOptions options, ClientLoop loop, ResultTable table)
{
    /// <summary>The name on the command line and in the table.</summary>
    public const string Name = "paced";

    private const int Connections = 500;
    private const int FramesPerSecond = 20;
    private const int Size = 1024;
    private const double CpuTarget = 0.67;
    private const double LatencyTarget = 0.8;

    private readonly TimeSpan _duration = TimeSpan.FromSeconds(options.IsQuick ? 4 : 8);

    public async Task RunAsync()
    {
        var runs = options.Variants.Select(_ => new List<PacedRun>()).ToArray();
        var servers = new List<LoadedServer>();
        try
        {
            foreach (var variant in options.Variants)
            {
                var server = await LoadedServer.StartAsync(loop, variant);
                servers.Add(server);
                await server.ConnectAsync(Connections);
                await server.MeasurePaceAsync(FramesPerSecond * 10, TimeSpan.FromSeconds(3), Size);
            }

            for (var round = 0; round < options.Rounds; round++)
            {
                for (var turn = 0; turn < servers.Count; turn++)
                {
                    var index = round % 2 == 0 ? turn : servers.Count - 1 - turn;
                    runs[index].Add(await servers[index].MeasurePaceAsync(FramesPerSecond, _duration, Size));
                }
            }
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }

        for (var i = 1; i < runs.Length; i++)
        {
            var isRequired = options.Variants[i] == ServerVariants.Engine;
            AddRow(i, "CPU µs/frame", run => run.CpuMicroseconds, isRequired ? CpuTarget : null);
            AddRow(i, "p50 ms", run => run.Median.TotalMilliseconds, isRequired ? LatencyTarget : null);
            AddRow(i, "p99 ms", run => run.Latency99.TotalMilliseconds, null);
        }

        void AddRow(int i, string unit, Func<PacedRun, double> value, double? target)
        {
            var ratio = Median.Of(runs[i].Zip(runs[0], (one, other) => value(one) / value(other)));
            table.Add(new ResultRow(
                Name, $"{Connections} x {FramesPerSecond}/s, {Size} B", options.Variants[i], Median.Of(runs[i].Select(value)), unit,
                Median.Of(runs[0].Select(value)), ratio, target is null ? null : $"<= {target:0.00}", target is null ? null : ratio <= target));
        }
    }
}
