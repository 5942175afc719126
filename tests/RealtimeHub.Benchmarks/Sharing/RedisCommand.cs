using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using RealtimeHub.Benchmarks.Comparing;
using RealtimeHub.Testing;

namespace RealtimeHub.Benchmarks.Sharing;

/// <summary><c>redis</c>: what sharing channels through Redis costs, beside a plain PUB/SUB relay in the same run.</summary>
internal static class RedisCommand
{
    private const int Window = 64;
    private const int Batch = 50;
    private const int CatchUpFrames = 100_000;

    public static Command Create()
    {
        var messages = new Option<int>("--messages") { Description = "How many messages each run sends.", DefaultValueFactory = _ => 30_000 };
        var bytes = new Option<int>("--bytes") { Description = "How large a payload is.", DefaultValueFactory = _ => 256 };
        var command = new Command("redis", "Messages per second through one Redis to 2 and 4 nodes, latency, catch-up, and the processor time of Redis.") { messages, bytes };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(messages), parsed.GetValue(bytes)));
        return command;
    }

    private static async Task<int> RunAsync(int messages, int bytes)
    {
        if (RedisServer.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return 1;
        }

        var table = new ResultTable(Console.Out);
        table.PrintHeader();
        var payload = new string('x', bytes);
        foreach (var nodes in (int[])[2, 4])
        {
            await RatesAsync(table, nodes, messages, payload);
        }

        await LatenciesAsync(table, payload);
        await CatchUpAsync(table, payload);
        return 0;
    }

    private static async Task RatesAsync(ResultTable table, int nodes, int messages, string payload)
    {
        var load = string.Create(CultureInfo.InvariantCulture, $"{payload.Length} B to {nodes} nodes");
        var plain = await RateAsync(e => new PlainRelay(e), nodes, messages, payload, 1);
        var single = await RateAsync(e => new SharedNode(e), nodes, messages, payload, 1);
        var batched = await RateAsync(e => new SharedNode(e), nodes, messages, payload, Batch);
        Add("plain relay", plain);
        Add("one per call", single);
        Add($"{Batch} per call", batched);

        void Add(string variant, RoadRate rate)
        {
            table.Add(new ResultRow("rate", load, variant, rate.PerSecond, "1/s", plain.PerSecond, rate.PerSecond / plain.PerSecond));
            table.Add(new ResultRow("redis", load, variant, rate.RedisMicroseconds, "CPU µs", plain.RedisMicroseconds, rate.RedisMicroseconds / plain.RedisMicroseconds));
        }
    }

    // Each run on a server of its own, so that none inherits what another has left.
    private static async Task<RoadRate> RateAsync(Func<string, IMessageRoad> road, int nodes, int messages, string payload, int batch)
    {
        await using var redis = await RedisServer.StartAsync("--appendonly", "no");
        await new RoadRun(() => road(redis.Endpoint), nodes, payload, redis).RateAsync(messages / 10, batch, Window);
        await redis.CliAsync("flushall");
        return await new RoadRun(() => road(redis.Endpoint), nodes, payload, redis).RateAsync(messages, batch, Window);
    }

    private static async Task LatenciesAsync(ResultTable table, string payload)
    {
        await using var redis = await RedisServer.StartAsync("--appendonly", "no");
        var alone = await new RoadRun(() => new SharedNode(null), 1, payload, null).LatenciesAsync(1_000);
        var plain = await new RoadRun(() => new PlainRelay(redis.Endpoint), 2, payload, redis).LatenciesAsync(1_000);
        var shared = await new RoadRun(() => new SharedNode(redis.Endpoint), 2, payload, redis).LatenciesAsync(1_000);
        foreach (var (name, quantile) in ((string, double)[])[("p50", 0.5), ("p99", 0.99)])
        {
            foreach (var (variant, values) in new[] { ("one node", alone), ("plain relay", plain), ("shared", shared) })
            {
                table.Add(new ResultRow("latency", name, variant, At(values, quantile), "ms", At(alone, quantile), At(values, quantile) - At(alone, quantile), Note: "the ratio is what is added, in ms"));
            }
        }
    }

    private static async Task CatchUpAsync(ResultTable table, string payload)
    {
        await using var redis = await RedisServer.StartAsync("--appendonly", "no");
        await new RoadRun(() => new SharedNode(redis.Endpoint), 1, payload, redis).RateAsync(CatchUpFrames, 500, 4);
        await using var node = new SharedNode(redis.Endpoint);
        var start = Stopwatch.GetTimestamp();
        var frames = await node.CatchUpAsync();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        table.Add(new ResultRow("catch-up", string.Create(CultureInfo.InvariantCulture, $"{frames} frames"), "shared", seconds, "s", Note: string.Create(CultureInfo.InvariantCulture, $"{frames / seconds:0} frames/s")));
    }

    private static double At(IReadOnlyList<double> ordered, double quantile) => ordered[(int)Math.Min(ordered.Count - 1, ordered.Count * quantile)];
}
