using System.Text.Json;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Publishing;

namespace RealtimeHub.Tests.Server.Hubs.System;

public class SystemHubTests
{
    private const string Hub = "/hubs/system";

    private static readonly Dictionary<string, string?> EveryFiveSeconds = new() { ["System:Interval"] = "00:00:05" };

    [Fact]
    public async Task P70_the_newest_status_comes_at_once_and_then_one_every_interval()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(EveryFiveSeconds, clock);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        await probe.CallAsync("Subscribe", new { });
        var first = (await probe.WaitForAsync("Status"))[0];
        clock.Advance(TimeSpan.FromSeconds(5));
        await probe.WaitForAsync("Status", 2);
        clock.Advance(TimeSpan.FromSeconds(5));
        var statuses = await probe.WaitForAsync("Status", 3);
        await using var late = await HubProbe.ConnectAsync(server.Uri, Hub);
        await late.CallAsync("Subscribe", new { });
        var newest = (await late.WaitForAsync("Status"))[0];

        Assert.Equal("2026-01-01T00:00:00.000Z", first["timestamp"].GetString());
        Assert.Equal([0, 5, 10], statuses.Select(s => s["timestamp"].GetDateTimeOffset().Second));
        Assert.All(statuses, s => Assert.Equal(("node.status", "system"), (s["type"].GetString(), s["channel"].GetString())));
        Assert.Equal(statuses[2].Argument.GetRawText(), newest.Argument.GetRawText());
    }

    [Fact]
    public async Task P70_what_is_measured_is_plausible_and_what_cannot_be_is_absent()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(EveryFiveSeconds, clock);
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);
        await probe.CallAsync("Subscribe", new { });
        await probe.WaitForAsync("Status");
        await http.PublishManyAsync(50);

        clock.Advance(TimeSpan.FromSeconds(5));
        var frame = (await probe.WaitForAsync("Status", 2))[1];

        var status = frame["payload"];
        Assert.False(status.TryGetProperty("gpu", out _));
        Assert.Equal("healthy", status.GetProperty("health").GetString());
        Assert.Equal(frame["tags"].GetProperty("node").GetString(), status.GetProperty("node").GetString());
        Assert.NotEmpty(status.GetProperty("node").GetString()!);
        Assert.Equal(Environment.ProcessorCount, Number(status, "cpu", "count"));
        Assert.InRange(Number(status, "cpu", "process_percent"), 0, 100);
        Assert.InRange(Number(status, "memory", "process_bytes"), 1 << 20, 1L << 40);
        Assert.InRange(Number(status, "memory", "managed_heap_bytes"), 1, Number(status, "memory", "machine_total_bytes"));
        Assert.InRange(Number(status, "threads", "process"), 1, 10_000);
        Assert.InRange(Number(status, "disk", "free_bytes"), 0, Number(status, "disk", "total_bytes"));
        Assert.InRange(Number(status, "gc", "pause_percent"), 0, 100);
        Assert.Equal((1, 1), (Number(status, "delivery", "connections"), Number(status, "delivery", "subscriptions")));
        Assert.InRange(Number(status, "delivery", "channels"), 2, 2);
        Assert.Equal(10.2, Number(status, "delivery", "frames_published_per_second"), 0.3);
        Assert.Equal(0, Number(status, "delivery", "frames_lost_per_second"));
        Assert.Empty(status.GetProperty("services").EnumerateArray());
    }

    [Fact]
    public async Task P71_a_service_s_report_changes_the_health_and_is_an_event()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(EveryFiveSeconds, clock, [("detector", "detector-key", "service:write")]);
        using var http = server.Http("detector-key");
        await using var events = await HubProbe.ConnectAsync(server.Uri, "/hubs/events");
        await events.WaitForAsync("Subscribed");
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);
        await probe.CallAsync("Subscribe", new { });
        await probe.WaitForAsync("Status");

        await http.PublishAsync(Report("x", "healthy", latency: 12.5), "service:x");
        await http.PublishAsync(Report("x", "healthy"), "service:x");
        await http.PublishAsync(Report("x", "unhealthy", "out of memory"), "service:x");
        var changes = await events.WaitForAsync("Event", 2);
        clock.Advance(TimeSpan.FromSeconds(5));
        var status = (await probe.WaitForAsync("Status", 2))[1];

        Assert.All(changes, c => Assert.Equal("service.status_changed", c["type"].GetString()));
        Assert.Equal([("healthy", null), ("unhealthy", "healthy")], changes.Select(c => (Text(c, "status"), Text(c, "previous_status"))));
        Assert.Equal("out of memory", Text(changes[1], "message"));
        Assert.Equal("system", changes[1]["tags"].GetProperty("channel").GetString());
        Assert.Equal(("unhealthy", "unhealthy"), (Text(status, "health"), status["tags"].GetProperty("health").GetString()));
        var service = Assert.Single(status["payload"].GetProperty("services").EnumerateArray());
        Assert.Equal(("x", "unhealthy", "out of memory", 12.5), (service.GetProperty("service").GetString(), service.GetProperty("status").GetString(), service.GetProperty("message").GetString(), service.GetProperty("latency_ms").GetDouble()));
    }

    [Theory]
    [InlineData("""{"type":"service.status","payload":{"service":"y","status":"healthy"}}""", "payload.service")]
    [InlineData("""{"type":"service.status","payload":{"service":"x","status":"well"}}""", "payload.status")]
    [InlineData("""{"type":"service.status","payload":{"status":"healthy"}}""", "payload.service")]
    [InlineData("""{"type":"service.status_changed","payload":{"service":"x","status":"healthy"}}""", "type")]
    public async Task P71_a_report_that_does_not_fit_its_channel_is_refused(string body, string field)
    {
        await using var server = HubServer.Start();
        using var http = server.Http();

        var problem = await Problem.OfPostAsync(http, body, channel: "service:x");

        Assert.Equal((400, "INVALID_PAYLOAD"), problem.Answer);
        Assert.Equal([field], problem.Fields);
    }

    [Fact]
    public async Task P70_a_replay_is_given_to_whoever_asks_for_one()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(EveryFiveSeconds, clock);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);
        await probe.CallAsync("Subscribe", new { });
        await probe.WaitForAsync("Status");
        clock.Advance(TimeSpan.FromSeconds(5));
        await probe.WaitForAsync("Status", 2);
        await using var late = await HubProbe.ConnectAsync(server.Uri, Hub);

        await late.CallAsync("Subscribe", new { last = 10 });
        var statuses = await late.WaitForAsync("Status", 2);

        Assert.Equal([1, 2], statuses.Select(s => s.Sequence));
    }

    private static object Report(string name, string status, string? message = null, double? latency = null) =>
        new { type = "service.status", payload = new { name, status, message, latency_ms = latency } };

    private static double Number(JsonElement status, string part, string member) => status.GetProperty(part).GetProperty(member).GetDouble();

    private static string? Text(HubPush frame, string member) => frame["payload"].GetProperty(member).GetString();
}
