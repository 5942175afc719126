using RealtimeHub.Engine.Hubs;
using RealtimeHub.Tests.Engine.Pumps;

namespace RealtimeHub.Tests.Engine.Hubs;

public class RawChannelsTests
{
    private readonly EngineParts _parts = new();

    [Fact]
    public void Find_finds_a_log_while_somebody_is_in_it()
    {
        var channels = new RawChannels("signalr:Test:group", _parts.Context());
        Assert.Null(channels.Find("g"));
        var (one, two) = (channels.Join("g", new PumpParts(_parts, "c1").Pump), channels.Join("g", new PumpParts(_parts, "c2").Pump));

        channels.Leave("g", one);
        Assert.Equal("signalr:Test:group:g", channels.Find("g")?.Name);

        channels.Leave("g", two);
        Assert.Null(channels.Find("g"));
    }

    [Fact]
    public void Join_reads_what_is_sent_from_then_on()
    {
        var channels = new RawChannels("signalr:Test:group", _parts.Context());
        var (one, two) = (new PumpParts(_parts, "c1"), new PumpParts(_parts, "c2"));
        channels.Join("g", one.Pump);
        channels.Find("g")!.AppendRaw(TestEnvelopes.RawMessage("before"), null);

        channels.Join("g", two.Pump);
        channels.Find("g")!.AppendRaw(TestEnvelopes.RawMessage("after"), null);

        Assert.Equal(["before", "after"], one.Sink.Written);
        Assert.Equal(["after"], two.Sink.Written);
    }

    [Fact]
    public void Join_while_others_send_misses_nothing_after_its_first_message()
    {
        var channels = new RawChannels("signalr:Test:group", _parts.Context());
        channels.Join("g", new PumpParts(_parts, "c0").Pump);
        var channel = channels.Find("g")!;
        var sinks = new List<PumpParts>();
        var hasEnded = false;

        Threads.Run(
            () =>
            {
                for (var i = 0; i < 150; i++)
                {
                    var parts = new PumpParts(_parts, $"c{i + 1}");
                    sinks.Add(parts);
                    var cursor = channels.Join("g", parts.Pump);
                    var until = cursor.Served + 20;
                    while (cursor.Served < until)
                    {
                        Thread.Yield();
                    }

                    channels.Leave("g", cursor);
                }

                Volatile.Write(ref hasEnded, true);
            },
            () =>
            {
                // No faster than everybody reads, so that nobody is closed for being slow: also not a newcomer whose thread is held up.
                for (var i = 1; !Volatile.Read(ref hasEnded); i++)
                {
                    channel.AppendRaw(TestEnvelopes.RawMessage($"{i}"), null);
                    while (channel.Cursors().Any(c => c is { IsDetached: false, Lag: > 50 }) && !Volatile.Read(ref hasEnded))
                    {
                        Thread.Yield();
                    }
                }
            });

        Assert.All(sinks, s =>
        {
            var numbers = s.Sink.Written.Select(int.Parse).ToList();
            Assert.Equal(Enumerable.Range(numbers[0], numbers.Count), numbers);
        });
    }
}
