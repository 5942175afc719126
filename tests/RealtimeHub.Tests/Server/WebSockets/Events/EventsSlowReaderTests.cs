using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.WebSockets.Events;

public class EventsSlowReaderTests
{
    [Fact]
    public async Task P350_a_reader_that_stands_still_gets_everything_in_order_and_costs_the_others_nothing()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var slow = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await using var quick = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await slow.SettleAsync();
        await quick.SettleAsync();
        slow.Pause();

        for (var i = 0; i < 5; i++)
        {
            await http.PublishManyAsync(1_000, (i * 1_000) + 1);
        }

        await quick.WaitForAsync("event", 5_000);
        slow.Resume();
        var events = await slow.WaitForAsync("event", 5_000);

        Assert.Equal(Enumerable.Range(1, 5_000).Select(n => (long)n), events.Select(e => e.GetProperty("seq").GetInt64()));
        Assert.Equal(Enumerable.Range(1, 5_000).Select(n => (long)n), events.Select(e => e.GetProperty("sequence").GetInt64()));
    }

    [Fact]
    public async Task P350_what_the_log_has_lost_uses_numbers_and_is_told()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?>
        {
            ["Channels:Retention:0:Family"] = "events",
            ["Channels:Retention:0:MaxFrames"] = "10",
        });
        server.Expect("frames behind");
        using var http = server.Http();
        await using var slow = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await slow.SettleAsync();
        slow.Pause();
        var filler = new string('x', 8_000);
        for (var i = 0; i < 10; i++)
        {
            await http.PublishLinesAsync(Enumerable.Range(0, 250).Select(n => (object)new { type = "system.error", payload = new { error = "e", message = filler, timestamp = "2026-01-01T00:00:00Z" } }));
        }

        slow.Resume();
        var all = await slow.WaitAsync(m => m.Any(e => e.TryGetProperty("sequence", out var s) && s.GetInt64() == 2_500), "the last event");

        var events = all.Where(m => m.TryGetProperty("seq", out _)).ToList();
        var lost = all.Where(m => m.TryGetProperty("type", out var type) && type.GetString() == "service_status").ToList();
        Assert.NotEmpty(lost);
        Assert.All(events, e => Assert.Equal(e.GetProperty("sequence").GetInt64(), e.GetProperty("seq").GetInt64()));
        Assert.Equal(2_500 - events.Count, lost.Sum(l => l.GetProperty("data").GetProperty("lost_count").GetInt64()));
        Assert.All(lost, l => Assert.Equal("degraded", l.GetProperty("data").GetProperty("status").GetString()));
    }
}
