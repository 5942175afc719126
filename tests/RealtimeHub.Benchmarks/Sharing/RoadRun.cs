using System.Diagnostics;
using RealtimeHub.Testing;

namespace RealtimeHub.Benchmarks.Sharing;

/// <summary>Measures one way of carrying messages: the first node sends, every node hears.</summary>
internal sealed class RoadRun(Func<IMessageRoad> road, int nodes, string payload, RedisServer? redis)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(4);

    /// <summary>Sends as fast as it goes, a number of calls under way at a time.</summary>
    public async Task<RoadRate> RateAsync(int messages, int batch, int window)
    {
        var left = nodes;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var roads = await StartAsync(() =>
        {
            var count = 0;
            return (_, _) =>
            {
                if (++count == messages && Interlocked.Decrement(ref left) == 0)
                {
                    done.SetResult();
                }
            };
        });
        var cpu = Cpu();
        var start = Stopwatch.GetTimestamp();
        var next = -batch;
        await Task.WhenAll(Enumerable.Range(0, window).Select(_ => Task.Run(async () =>
        {
            for (var first = Interlocked.Add(ref next, batch); first < messages; first = Interlocked.Add(ref next, batch))
            {
                await roads[0].SendAsync(first, Math.Min(batch, messages - first), payload);
            }
        })));
        await done.Task.WaitAsync(Limit);
        var elapsed = Stopwatch.GetElapsedTime(start);
        var result = new RoadRate(messages / elapsed.TotalSeconds, (Cpu() - cpu).TotalMicroseconds / messages);
        await EndAsync(roads);
        return result;
    }

    /// <summary>Sends one message at a time, at an easy pace; how long each took to be heard on the last node, in milliseconds, in order of length.</summary>
    public async Task<IReadOnlyList<double>> LatenciesAsync(int messages)
    {
        var sent = new long[messages];
        var took = new double[messages];
        var left = messages;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var node = 0;
        var roads = await StartAsync(() => ++node < nodes ? (_, _) => { } : (number, at) =>
        {
            took[number] = Stopwatch.GetElapsedTime(sent[number], at).TotalMilliseconds;
            if (Interlocked.Decrement(ref left) == 0)
            {
                done.SetResult();
            }
        });
        using var beat = new PeriodicTimer(Beat);
        for (var i = 0; i < messages; i++)
        {
            await beat.WaitForNextTickAsync();
            sent[i] = Stopwatch.GetTimestamp();
            await roads[0].SendAsync(i, 1, payload);
        }

        await done.Task.WaitAsync(Limit);
        await EndAsync(roads);
        return [.. took.Skip(messages / 10).Order()];
    }

    private static async Task EndAsync(List<IMessageRoad> roads)
    {
        foreach (var road in roads)
        {
            await road.DisposeAsync();
        }
    }

    private async Task<List<IMessageRoad>> StartAsync(Func<Action<int, long>> heard)
    {
        var roads = new List<IMessageRoad>();
        for (var i = 0; i < nodes; i++)
        {
            roads.Add(road());
            await roads[i].ListenAsync(heard());
        }

        return roads;
    }

    private TimeSpan Cpu()
    {
        if (redis is null)
        {
            return TimeSpan.Zero;
        }

        using var process = Process.GetProcessById(redis.ProcessId);
        return process.TotalProcessorTime;
    }
}
