using System.Text.Json.Nodes;

namespace RealtimeHub.Cli.Bench;

/// <summary>What a server can be loaded with. Each opens its readers, measures, and closes them.</summary>
internal static class Scenarios
{
    private const double StalledShare = 0.1;
    private const int StormFrames = 100;
    private const int BurstFrames = 50;
    private const int SmallReceiveBuffer = 16 * 1024;

    // What machines keep between a server and a reader that stands still is a few megabytes; only what is beyond makes it lag.
    private const int StallingBytes = 8_000_000;

    /// <summary>All by name, in the order in which they run.</summary>
    public static IReadOnlyList<(string Name, string About, Func<BenchSite, Action<BenchRow>, CancellationToken, Task> RunAsync)> All { get; } =
    [
        ("connect", "connect and subscribe: rate, percentiles, memory per connection", ConnectAsync),
        ("fanout", "one channel to all readers, as fast as it goes", FanOutAsync),
        ("latency", "one channel to all readers at a steady rate: percentiles", LatencyAsync),
        ("slow", "the same while a tenth of the readers stand still", SlowAsync),
        ("storm", "all connections break at once, 100 frames come, all come back and catch up", StormAsync),
        ("streams", "one fast stream of a simulation to each of a tenth as many readers", StreamsAsync),
    ];

    private static async Task ConnectAsync(BenchSite site, Action<BenchRow> add, CancellationToken cancellationToken)
    {
        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var before = await site.MemoryAsync(cancellationToken).ConfigureAwait(false);
        var (connects, started) = (new LatencyHistogram(), site.Time.GetTimestamp());
        var readers = await site.OpenAsync(site.Load.Connections, channel, new LatencyHistogram(), connects, null, cancellationToken).ConfigureAwait(false);
        var seconds = site.Time.GetElapsedTime(started).TotalSeconds;
        var after = await site.MemoryAsync(cancellationToken).ConfigureAwait(false);
        await BenchSite.CloseAsync(readers).ConfigureAwait(false);
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        add(new BenchRow("connect", "rate", readers.Count / seconds, "1/s"));
        AddPercentiles("connect", connects, add);
        if (before is { } low && after is { } high)
        {
            add(new BenchRow("connect", "memory per connection", Math.Max(0, high - low) / readers.Count / 1024, "KiB"));
        }
    }

    private static async Task FanOutAsync(BenchSite site, Action<BenchRow> add, CancellationToken cancellationToken)
    {
        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var readers = await site.OpenAsync(site.Load.Connections, channel, new LatencyHistogram(), new LatencyHistogram(), null, cancellationToken).ConfigureAwait(false);
        readers.ForEach(r => r.Begin());
        var (started, published, last) = (site.Time.GetTimestamp(), 0L, 0L);
        while (site.Time.GetElapsedTime(started) < site.Load.Duration)
        {
            last = (await site.PublishAsync(channel, Enumerable.Range(0, BurstFrames).Select(_ => site.Line(site.Load.Bytes)), cancellationToken).ConfigureAwait(false)).Offset;
            published += BurstFrames;

            // No more is on its way than readers keep up with: what is measured is delivery, not how much can be thrown away.
            await site.UntilAsync(() => readers.TrueForAll(r => r.Last >= last - (2 * BurstFrames) || r.HasEnded), site.Load.Limit, cancellationToken).ConfigureAwait(false);
        }

        await site.UntilAsync(() => readers.TrueForAll(r => r.Last >= last || r.HasEnded), site.Load.Limit, cancellationToken).ConfigureAwait(false);
        var seconds = site.Time.GetElapsedTime(started).TotalSeconds;
        readers.ForEach(r => r.End());
        add(new BenchRow("fanout", "published", published / seconds, "frames/s"));
        add(new BenchRow("fanout", "delivered", readers.Sum(r => r.Received) / seconds, "frames/s"));
        AddLoss("fanout", readers, published, add);
        await BenchSite.CloseAsync(readers).ConfigureAwait(false);
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
    }

    private static async Task LatencyAsync(BenchSite site, Action<BenchRow> add, CancellationToken cancellationToken)
    {
        var (channel, latencies) = (await site.NewChannelAsync(cancellationToken).ConfigureAwait(false), new LatencyHistogram());
        var readers = await site.OpenAsync(site.Load.Connections, channel, latencies, new LatencyHistogram(), null, cancellationToken).ConfigureAwait(false);
        var published = await PaceAsync(site, channel, readers, site.Load.Bytes, cancellationToken).ConfigureAwait(false);
        AddPercentiles("latency", latencies, add);
        AddLoss("latency", readers, published, add);
        await BenchSite.CloseAsync(readers).ConfigureAwait(false);
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
    }

    private static async Task SlowAsync(BenchSite site, Action<BenchRow> add, CancellationToken cancellationToken)
    {
        var (channel, latencies) = (await site.NewChannelAsync(cancellationToken).ConfigureAwait(false), new LatencyHistogram());
        var readers = await site.OpenAsync(site.Load.Connections, channel, latencies, new LatencyHistogram(), null, cancellationToken).ConfigureAwait(false);
        var stalled = await site.OpenAsync(
            Math.Max(1, (int)(readers.Count * StalledShare)), channel, new LatencyHistogram(), new LatencyHistogram(), new JsonObject { ["policy"] = "drop_oldest", ["max_lag_frames"] = 10 },
            cancellationToken, SmallReceiveBuffer).ConfigureAwait(false);
        stalled.ForEach(r => r.Socket.Pause());
        var bytes = Math.Clamp((int)(StallingBytes / (site.Load.Rate * site.Load.Duration.TotalSeconds)), site.Load.Bytes, BenchLoad.MaxBytes);
        var published = await PaceAsync(site, channel, readers, bytes, cancellationToken).ConfigureAwait(false);
        add(new BenchRow("slow", "size of a frame", bytes, "B"));
        AddPercentiles("slow", latencies, add);
        AddLoss("slow", readers, published, add);
        var silence = readers.Max(r => r.LongestSilence).TotalSeconds;
        add(new BenchRow("slow", "longest silence of a healthy reader", silence, "s", "< 1", silence < 1));
        await BenchSite.CloseAsync(readers.Concat(stalled)).ConfigureAwait(false);
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
    }

    private static async Task StormAsync(BenchSite site, Action<BenchRow> add, CancellationToken cancellationToken)
    {
        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var readers = await site.OpenAsync(site.Load.Connections, channel, new LatencyHistogram(), new LatencyHistogram(), null, cancellationToken).ConfigureAwait(false);
        var start = await site.PublishAsync(channel, [site.Line(site.Load.Bytes)], cancellationToken).ConfigureAwait(false);
        await site.UntilAsync(() => readers.TrueForAll(r => r.Last >= start.Offset), site.Load.Limit, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(readers.Select(r => r.CutAsync().AsTask())).ConfigureAwait(false);
        var end = await site.PublishAsync(channel, Enumerable.Range(0, StormFrames).Select(_ => site.Line(site.Load.Bytes)), cancellationToken).ConfigureAwait(false);
        var (connects, started) = (new LatencyHistogram(), site.Time.GetTimestamp());
        readers.ForEach(r => r.Begin());
        foreach (var batch in readers.Chunk(128))
        {
            await Task.WhenAll(batch.Select(r => site.SubscribeAsync(r, channel, Prove.ProofSite.From(start.Epoch, start.Offset), connects, cancellationToken))).ConfigureAwait(false);
        }

        var isDone = await site.UntilAsync(() => readers.TrueForAll(r => r.Last >= end.Offset), site.Load.Limit, cancellationToken).ConfigureAwait(false);
        add(new BenchRow("storm", "all are back and have caught up after", site.Time.GetElapsedTime(started).TotalSeconds, "s", "all", isDone));
        AddPercentiles("storm", connects, add);
        AddLoss("storm", readers, StormFrames, add);
        await BenchSite.CloseAsync(readers).ConfigureAwait(false);
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
    }

    private static async Task StreamsAsync(BenchSite site, Action<BenchRow> add, CancellationToken cancellationToken)
    {
        var latencies = new LatencyHistogram();
        var load = new UserLoad(site, latencies);
        var request = new JsonObject { ["grid_size"] = 64, ["steps_per_second"] = 125, ["update_interval_ms"] = 10 };
        var readers = await load.OpenAsync(Math.Clamp(site.Load.Connections / 10, 1, 100), _ => ("StreamFeatures", request), site.Load.Connections, cancellationToken).ConfigureAwait(false);
        await UserLoad.MeasureAsync(site, readers, site.Load.Duration, cancellationToken).ConfigureAwait(false);
        var slowest = readers.Min(r => r.Received) / site.Load.Duration.TotalSeconds;
        add(new BenchRow("streams", "updates of the slowest stream", slowest, "1/s", ">= 100", slowest >= 100));
        AddPercentiles("streams", latencies, add);
        await BenchSite.CloseAsync(readers).ConfigureAwait(false);
    }

    private static async Task<long> PaceAsync(BenchSite site, string channel, List<LoadReader> readers, int bytes, CancellationToken cancellationToken)
    {
        readers.ForEach(r => r.Begin());
        var (published, last) = (0L, 0L);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / site.Load.Rate), site.Time);
        var started = site.Time.GetTimestamp();
        while (site.Time.GetElapsedTime(started) < site.Load.Duration && await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            last = (await site.PublishAsync(channel, [site.Line(bytes)], cancellationToken).ConfigureAwait(false)).Offset;
            published++;
        }

        await site.UntilAsync(() => readers.TrueForAll(r => r.Last >= last || r.HasEnded), site.Load.Limit, cancellationToken).ConfigureAwait(false);
        readers.ForEach(r => r.End());
        return published;
    }

    /// <summary>Adds the percentiles of a histogram.</summary>
    public static void AddPercentiles(string scenario, LatencyHistogram latencies, Action<BenchRow> add)
    {
        foreach (var (name, share) in new[] { ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999) })
        {
            add(new BenchRow(scenario, name, latencies.PercentileMs(share), "ms"));
        }

        add(new BenchRow(scenario, "max", latencies.MaxMs, "ms"));
    }

    private static void AddLoss(string scenario, List<LoadReader> readers, long published, Action<BenchRow> add)
    {
        var missing = readers.Sum(r => Math.Max(0, published - r.Received));
        add(new BenchRow(scenario, "frames that did not come", missing, "", "0", missing == 0));
    }
}
