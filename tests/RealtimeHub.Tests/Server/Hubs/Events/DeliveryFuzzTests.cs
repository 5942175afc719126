using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Events;

public class DeliveryFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task P22_whatever_clients_do_every_offset_is_received_lost_or_skipped(int seed)
    {
        var random = new Random(seed);
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(
            new Dictionary<string, string?> { ["Channels:Retention:0:Family"] = "events", ["Channels:Retention:0:MaxFrames"] = "400" }, clock);
        server.Expect("frames behind on events");
        using var http = server.Http();
        var cameras = new List<string> { "" };
        var epoch = await PublishAsync(http, cameras, random);
        var subscribers = Enumerable.Range(0, 5).Select(_ => new FuzzedSubscriber(server, random)).ToList();

        for (var step = 0; step < 60; step++)
        {
            await subscribers[random.Next(subscribers.Count)].StepAsync(cameras.Count - 1, epoch);
            await PublishAsync(http, cameras, random);
            clock.Advance(TimeSpan.FromMilliseconds(random.Next(700)));
        }

        foreach (var subscriber in subscribers)
        {
            await subscriber.CheckAsync(cameras.Count - 1, o => cameras[(int)o], () => clock.Advance(TimeSpan.FromSeconds(31)));
            await subscriber.DisposeAsync();
        }
    }

    private static async Task<string> PublishAsync(HttpClient http, List<string> cameras, Random random)
    {
        var events = Enumerable.Range(0, random.Next(1, 40)).Select(_ => FuzzedSubscriber.Camera(random)).ToList();
        var last = await http.PublishLinesAsync(events.Select(c => SampleEvent.CameraOffline(c)));
        cameras.AddRange(events);
        Assert.Equal(cameras.Count - 1, last.LastSequence);
        return last.Epoch!;
    }
}
