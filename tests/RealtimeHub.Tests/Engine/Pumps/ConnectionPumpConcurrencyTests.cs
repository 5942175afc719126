using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Tests.Engine.Pumps;

public class ConnectionPumpConcurrencyTests
{
    private const int PerChannel = 4_000;

    [Fact]
    public async Task Wake_from_many_threads_writes_everything_once_in_order_and_one_write_at_a_time()
    {
        var one = new PumpParts();
        Channel[] channels = [.. Enumerable.Range(0, 4).Select(i => one.Engine.Channel(EngineParts.Family(100_000), $"channel{i}"))];
        foreach (var channel in channels)
        {
            one.Read(channel, EngineParts.Terms());
        }

        // Some writes complete later, on the pool.
        one.Sink.Script = number => number % 7 == 0 ? YieldAsync() : default;
        var all = one.Sink.WrittenAsync(4 * PerChannel);

        Threads.Run([.. channels.Select(channel => (Action)(() =>
        {
            for (var i = 1; i <= PerChannel; i++)
            {
                channel.AppendRaw(TestEnvelopes.RawMessage($"{channel.Name} {i}"), null);
            }
        }))]);
        await Soon.HappensAsync(all, $"{4 * PerChannel} writes; there were {one.Sink.Written.Count}");

        Assert.False(one.Sink.HasOverlapped);
        var byChannel = one.Sink.Written.GroupBy(t => t.Split(' ')[0]).ToList();
        Assert.Equal(4, byChannel.Count);
        Assert.All(byChannel, g => Assert.Equal(Enumerable.Range(1, PerChannel).Select(i => $"{g.Key} {i}"), g));
    }

    [Fact]
    public async Task Heartbeat_called_beside_frames_is_never_lost()
    {
        var one = new PumpParts();
        var channel = one.Engine.Channel(EngineParts.Family(100_000));
        one.Read(channel, EngineParts.Terms());

        for (var round = 0; round < 500; round++)
        {
            var heartbeats = one.Sink.WrittenAsync((2 * round) + 2);
            Threads.Run(one.Pump.Heartbeat, () => channel.AppendRaw(TestEnvelopes.RawMessage(), null));
            await Soon.HappensAsync(heartbeats, $"the heartbeat of round {round}");
        }

        Assert.False(one.Sink.HasOverlapped);
    }

    private static async ValueTask YieldAsync() => await Task.Yield();
}
