using RealtimeHub.Protocol.Requests;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs;

public class SlowReaderTests
{
    private const string Quiet = "/hubs/events?receive_all=false";

    [Fact]
    public async Task P26_a_client_that_never_reads_costs_the_healthy_ones_nothing()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var stalled = await HubProbe.ConnectAsync(server.Uri, "/hubs/events", isPaused: true);
        await using var healthy = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await healthy.CallAsync("Subscribe", new { events = new[] { "*" } });

        for (var i = 0; i < 8; i++)
        {
            await http.PublishManyAsync(1_000, (i * 1_000) + 1);
        }

        var frames = await healthy.WaitForSequenceAsync("Event", 8_000);

        Assert.Equal(Enumerable.Range(1, 8_000).Select(i => (long)i), frames.Select(f => f.Sequence));
        Assert.Empty(stalled.All);
    }

    [Theory]
    [InlineData(SlowConsumerPolicies.DropOldest, "Gap")]
    [InlineData(SlowConsumerPolicies.DropNewest, "Gap")]
    [InlineData(SlowConsumerPolicies.Compress, "Skipped")]
    public async Task P24_P25_a_stalled_subscription_is_told_everything_that_its_policy_did(string policy, string notice)
    {
        await using var server = HubServer.Start();
        server.Expect("frames behind on events");
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new { events = new[] { "*" }, policy, max_lag_frames = 100 });
        probe.Pause();
        for (var i = 0; i < 9; i++)
        {
            await http.PublishManyAsync(1_000, (i * 1_000) + 1);
        }

        probe.Resume();
        await probe.WaitAsync(
            all => all.Any(p => p.Target switch { "Event" => p.Sequence == 9_000, "Gap" => p["to"].GetInt64() == 9_000, _ => false }),
            "everything up to 9000");
        await probe.WaitForAsync("Restored");
        await http.PublishManyAsync(1, 10_000);
        await probe.WaitForSequenceAsync("Event", 9_001);

        var pushes = probe.All;
        var received = pushes.Where(p => p.Target == "Event").Select(p => p.Sequence).ToList();
        var announced = pushes.Where(p => p.Target is "Gap" or "Skipped").Sum(p => p["count"].GetInt64());
        Assert.Contains(pushes, p => p.Target == notice);
        Assert.Contains(pushes, p => p.Target == "Degraded" && p["policy"].GetString() == policy);
        Assert.Equal(received.Order().Distinct(), received);
        if (notice == "Gap")
        {
            Assert.Equal(9_001, received.Count + announced);
            AssertGapsAreInPlace(pushes);
        }
    }

    [Fact]
    public async Task P24_P81_the_policy_disconnect_closes_and_the_next_resume_says_why()
    {
        await using var server = HubServer.Start();
        server.Expect("SLOW_CONSUMER");
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Subscribe", new { events = new[] { "*" }, policy = "disconnect", max_lag_frames = 100 });
        probe.Pause();
        for (var i = 0; i < 9; i++)
        {
            await http.PublishManyAsync(1_000, (i * 1_000) + 1);
        }

        await server.WaitForConnectionsAsync(0);
        await using var again = await HubProbe.ConnectAsync(server.Uri, Quiet);
        var history = await http.PublishManyAsync(1, 10_000);
        var result = await again.CallAsync("Subscribe", new { events = new[] { "*" }, from = new { epoch = history.Epoch, sequence = 50 } });

        Assert.Equal("slow_consumer", result.GetProperty("subscription").GetProperty("reason").GetString());
        Assert.True(result.GetProperty("subscription").GetProperty("recovered").GetBoolean());
    }

    private static void AssertGapsAreInPlace(IReadOnlyList<HubPush> pushes)
    {
        long served = 0;
        foreach (var push in pushes)
        {
            if (push.Target == "Event")
            {
                Assert.Equal(served + 1, push.Sequence);
                served = push.Sequence;
            }
            else if (push.Target == "Gap")
            {
                Assert.Equal(served + 1, push["from"].GetInt64());
                served = push["to"].GetInt64();
            }
        }
    }
}
