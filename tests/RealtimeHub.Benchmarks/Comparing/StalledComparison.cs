using RealtimeHub.Benchmarks.Load;
using RealtimeHub.Benchmarks.Serving;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>Whether clients that do not keep up are felt by those that do.</summary>
internal sealed class StalledComparison
{
    /// <summary>The name on the command line and in the table.</summary>
    public const string Name = "stalled";

    private const int Healthy = 200;
    private const int Stalled = 20;
    private const int FramesPerSecond = 200;
    private const int Size = 1024;

    // Little enough that a client which stops reading is felt by the server within a second.
    private const int SendBufferBytes = 64 * 1024;

    private const double MaxLatencyRatio = 2;
    private const double MaxHeapRatio = 1.05;
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(1);

    private readonly CompareOptions _options;
    private readonly ClientLoop _loop;
    private readonly ResultTable _table;
    private readonly TimeSpan _referenceDuration;
    private readonly TimeSpan _interval;
    private readonly StallKind[] _kinds;

    public StalledComparison(CompareOptions options, ClientLoop loop, ResultTable table)
    {
        _options = options;
        _loop = loop;
        _table = table;

        // Stock SignalR gives up a connection after 10 s without progress, the engine after 30 s.
        var stall = TimeSpan.FromSeconds(options.IsQuick ? 5 : 25);
        var reading = TimeSpan.FromSeconds(options.IsQuick ? 2 : 5);
        _referenceDuration = TimeSpan.FromSeconds(options.IsQuick ? 8 : 30);
        _interval = _referenceDuration / 4;
        _kinds =
        [
            new StallKind("20 of 220 never read", () => new NeverReading(), options.IsQuick ? stall * 2.8 : stall * 1.6),
            new StallKind("20 of 220 read half", () => new LimitedReading(FramesPerSecond * Size / 2), stall * 1.6),
            new StallKind($"20 of 220 stall {stall.TotalSeconds} s", () => new CyclicReading(stall, reading), (stall + reading) * 2.3),
        ];
    }

    public async Task RunAsync()
    {
        foreach (var variant in _options.Variants.Distinct())
        {
            var reference = await MeasureAsync(variant, null);
            foreach (var kind in _kinds)
            {
                AddRows(variant, kind, reference, await MeasureAsync(variant, kind));
            }
        }
    }

    private async Task<StalledRun> MeasureAsync(string variant, StallKind? kind)
    {
        await using var server = await LoadedServer.StartAsync(_loop, variant, SendBufferBytes);
        var healthy = await server.ConnectAsync(Healthy);

        // Until its code is compiled a server is slower, stalled clients or not.
        await server.PaceAsync(FramesPerSecond, TimeSpan.FromSeconds(3), Size);

        // Without a plan they read as well as the others: a connection that reads needs memory too.
        await server.ConnectAsync(Stalled, kind?.Plan);

        var tally = new FrameTally(Healthy, 0);
        await server.BeginAsync(healthy, tally);
        var publishing = server.PaceAsync(FramesPerSecond, kind?.Duration ?? _referenceDuration, Size);
        var (heaps, replaced) = await WatchAsync(server, kind, publishing);
        var published = await publishing;
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        await server.EndAsync(healthy, published.EndedAt);

        var missed = ((long)published.Frames * Healthy) - tally.Received;
        return new StalledRun(
            tally.LongestSilence, tally.Latency.Percentile(0.99), heaps, published.Frames, Math.Max(missed, tally.Missed), replaced);
    }

    private async Task<(List<double> HeapBytes, int Replaced)> WatchAsync(LoadedServer server, StallKind? kind, Task publishing)
    {
        var heaps = new List<double>();
        var replaced = 0;
        while (await Task.WhenAny(publishing, Task.Delay(_interval)) != publishing)
        {
            heaps.Add((await server.ReportAsync(collect: true)).HeapBytes);
            replaced += kind is null ? 0 : await server.ReplaceClosedAsync(kind.Plan);
        }

        return (heaps, replaced);
    }

    private void AddRows(string variant, StallKind kind, StalledRun reference, StalledRun run)
    {
        var isRequired = variant != ServerVariants.Stock;
        var notes = new List<string> { $"{run.Published} frames published" };
        if (run.Missed > 0)
        {
            notes.Add($"{run.Missed} missed by healthy clients");
        }

        if (run.Replaced > 0)
        {
            notes.Add($"{run.Replaced} stalled clients were closed and came back");
        }

        Add("s of silence", run.LongestSilence.TotalSeconds, reference.LongestSilence.TotalSeconds, null,
            $"<= {MaxSilence.TotalSeconds} s", run.LongestSilence <= MaxSilence && run.Missed == 0, string.Join(", ", notes));
        var latencyRatio = run.Latency99 / reference.Latency99;
        Add("p99 ms", run.Latency99.TotalMilliseconds, reference.Latency99.TotalMilliseconds, latencyRatio,
            $"<= {MaxLatencyRatio}", latencyRatio <= MaxLatencyRatio, null);
        var (heap, referenceHeap) = (Median.Of(run.HeapBytes), Median.Of(reference.HeapBytes));
        Add("heap MB", heap / 1e6, referenceHeap / 1e6, heap / referenceHeap,
            $"<= {MaxHeapRatio:0.00}", heap / referenceHeap <= MaxHeapRatio, "in turn " + string.Join(", ", run.HeapBytes.Select(bytes => $"{bytes / 1e6:0.0}")));

        void Add(string unit, double value, double other, double? ratio, string required, bool passed, string? note) =>
            _table.Add(new ResultRow(
                Name, kind.Name, variant, value, unit, other, ratio, isRequired ? required : null, isRequired ? passed : null, note));
    }
}
