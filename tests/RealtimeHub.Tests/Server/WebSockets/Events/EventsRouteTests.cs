using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.WebSockets.Events;

public class EventsRouteTests
{
    [Fact]
    public async Task P341_an_event_is_told_with_its_sequence_and_the_connections_own_number()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        Assert.Equal("pong", (await probe.AskAsync(new { type = "ping" })).GetProperty("type").GetString());

        await http.PublishAsync(SampleEvent.Security(1, 85, "critical"));
        await http.PublishAsync(SampleEvent.CameraOffline());
        var first = await probe.NextAsync("event");
        var second = await probe.NextAsync("camera.offline");

        Assert.Equal(85, first.GetProperty("data").GetProperty("risk_score").GetInt32());
        Assert.Equal((1, 1, true), (first.GetProperty("sequence").GetInt64(), first.GetProperty("seq").GetInt64(), first.GetProperty("requires_ack").GetBoolean()));
        Assert.Equal((2, 2, false), (second.GetProperty("sequence").GetInt64(), second.GetProperty("seq").GetInt64(), second.GetProperty("requires_ack").GetBoolean()));
        Assert.EndsWith("Z", first.GetProperty("timestamp").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P342_a_filter_filters_and_filtered_frames_use_no_number()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");

        var answer = await probe.AskAsync(new { type = "SUBSCRIBE", data = new { events = new[] { "Camera.*" } } });
        await http.PublishAsync(SampleEvent.Security(1));
        await http.PublishAsync(SampleEvent.CameraOffline("a"));
        await http.PublishAsync(SampleEvent.Security(2));
        await http.PublishAsync(SampleEvent.CameraOffline("b"));
        var cameras = await probe.WaitForAsync("camera.offline", 2);

        Assert.Equal("""{"action":"subscribed","events":["camera.*"]}""", answer.GetRawText());
        Assert.Equal([1L, 2L], cameras.Select(c => c.GetProperty("seq").GetInt64()));
        Assert.Equal([2L, 4L], cameras.Select(c => c.GetProperty("sequence").GetInt64()));
        Assert.DoesNotContain(probe.All, m => m.TryGetProperty("type", out var type) && type.GetString() == "event");
    }

    [Fact]
    public async Task P342_patterns_add_up_and_unsubscribing_answers_what_was_really_removed()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");

        var early = await probe.AskAsync(new { type = "unsubscribe", data = new { events = new[] { "alert.*" } } });
        await probe.AskAsync(new { type = "subscribe", data = new { events = new[] { "alert.*" } } });
        await probe.AskAsync(new { type = "subscribe", data = new { channels = new[] { "camera.*" } } });
        var some = await probe.AskAsync(new { type = "unsubscribe", data = new { events = new[] { "alert.*", "job.*" } } });
        var rest = await probe.AskAsync(new { type = "unsubscribe", data = new { events = new[] { "camera.*" } } });
        await http.PublishAsync(SampleEvent.CameraOffline());
        var all = await probe.AskAsync(new { type = "unsubscribe" });
        await http.PublishAsync(SampleEvent.Security(7));
        var seen = await probe.NextAsync();

        Assert.Equal("""{"action":"unsubscribed","events":[]}""", early.GetRawText());
        Assert.Equal("""{"action":"unsubscribed","events":["alert.*"]}""", some.GetRawText());
        Assert.Equal("""{"action":"unsubscribed","events":["camera.*"]}""", rest.GetRawText());
        Assert.Equal("unsubscribed", all.GetProperty("action").GetString());
        Assert.Equal("event", seen.GetProperty("type").GetString());
    }

    [Fact]
    public async Task P341_detections_and_alerts_come_as_one_batch_in_their_order()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["WebSockets:Events:BatchMaxMessages"] = "3" });
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await probe.AskAsync("ping");

        await http.PublishLinesAsync([.. Enumerable.Range(1, 4).Select(Detection), SampleEvent.Security(9)]);
        var full = await probe.NextAsync("batch");
        var rest = await probe.NextAsync("batch");
        var after = await probe.NextAsync("event");

        Assert.Equal((3, "detections"), (full.GetProperty("count").GetInt32(), full.GetProperty("channel").GetString()));
        Assert.Equal([1, 2, 3], full.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("data").GetProperty("detection_id").GetInt32()));
        Assert.All(full.GetProperty("messages").EnumerateArray(), m => Assert.Equal("detection.new", m.GetProperty("type").GetString()));
        Assert.Equal(1, rest.GetProperty("count").GetInt32());
        Assert.Equal([1L, 2L, 3L], new[] { full, rest, after }.Select(m => m.GetProperty("seq").GetInt64()));
        Assert.InRange(full.GetProperty("batched_at").GetDouble(), 1.7e9, 4e9);
    }

    [Fact]
    public async Task P341_a_batch_that_does_not_fill_goes_out_after_its_interval()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/detections");
        await probe.AskAsync("ping");

        await http.PublishLinesAsync([SampleEvent.Security(1), Detection(1)]);
        var batch = await probe.NextAsync();

        Assert.Equal(("batch", 1), (batch.GetProperty("type").GetString(), batch.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task P359_detections_are_what_is_left_when_everything_is_unsubscribed_from()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["WebSockets:Events:Batching"] = "false" });
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/detections");

        await probe.AskAsync(new { type = "subscribe", data = new { events = new[] { "camera.*" } } });
        await http.PublishLinesAsync([SampleEvent.Security(1), SampleEvent.CameraOffline(), Detection(1)]);
        await probe.NextAsync("detection.new");
        var all = await probe.AskAsync(new { type = "unsubscribe" });
        await http.PublishLinesAsync([SampleEvent.CameraOffline("b"), SampleEvent.Security(2), Detection(2)]);
        var next = await probe.NextAsync();
        var none = await probe.AskAsync(new { type = "unsubscribe", data = new { events = new[] { "detection.*" } } });
        await http.PublishLinesAsync([Detection(3)]);
        var again = await probe.AskAsync(new { type = "unsubscribe" });
        await http.PublishLinesAsync([SampleEvent.Security(3), Detection(4)]);
        var last = await probe.NextAsync();

        Assert.Equal(["camera.offline", "detection.new"], probe.All.Skip(1).Take(2).Select(m => m.GetProperty("type").GetString()));
        Assert.Equal("""{"action":"unsubscribed","events":["camera.*"]}""", all.GetRawText());
        Assert.Equal(2, next.GetProperty("data").GetProperty("detection_id").GetInt32());
        Assert.Equal("""{"action":"unsubscribed","events":["detection.*"]}""", none.GetRawText());
        Assert.Equal("""{"action":"unsubscribed","events":[]}""", again.GetRawText());
        Assert.Equal(4, last.GetProperty("data").GetProperty("detection_id").GetInt32());
    }

    [Theory]
    [InlineData("?format=json", '{')]
    [InlineData("?format=zlib", 0x00)]
    [InlineData("?format=msgpack", 0x01)]
    public async Task P343_the_url_chooses_the_form(string query, int firstByte)
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["WebSockets:Events:CompressionThreshold"] = "100" });
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events" + query);
        var pong = await probe.AskAsync("ping");

        await http.PublishAsync(SampleEvent.Security(1));
        var frame = await probe.NextAsync();

        Assert.Equal("pong", pong.GetProperty("type").GetString());
        Assert.Equal((byte)firstByte, probe.Raw[1][0]);
        Assert.Equal(("event", 1, 1), (frame.GetProperty("type").GetString(), frame.GetProperty("seq").GetInt64(), frame.GetProperty("data").GetProperty("id").GetInt32()));
    }

    [Fact]
    public async Task P341_system_tells_the_status_at_once()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await http.PublishAsync(SampleEvent.CameraOffline("a"));
        await http.PublishAsync(new { type = "camera.online", payload = new { camera_id = "b", camera_name = "b", timestamp = "2026-01-01T00:00:00Z" } });
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/system");

        var status = await probe.NextAsync();

        var data = status.GetProperty("data");
        Assert.Equal("system_status", status.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, data.GetProperty("gpu").GetProperty("utilization").ValueKind);
        Assert.Contains(data.GetProperty("health").GetString(), new[] { "healthy", "degraded", "unhealthy" });
        Assert.Equal(0, data.GetProperty("queue").GetProperty("pending").GetInt32());
        Assert.True(status.TryGetProperty("timestamp", out _));
    }

    [Fact]
    public async Task P341_a_jobs_log_is_told_from_its_start_and_closes_with_the_job()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await http.PublishAsync(Line("step 1"), "job:job-1");
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/jobs/job-1/logs");

        await http.PublishAsync(Line("step 2"), "job:job-1");
        await http.PublishAsync(new { type = "job.completed", payload = new { job_id = "job-1", completed_at = "2026-01-01T00:00:00Z" } }, "job:job-1");
        var status = await probe.WaitForCloseAsync();

        Assert.Equal(["step 1", "step 2"], probe.All.Select(m => m.GetProperty("data").GetProperty("message").GetString()));
        Assert.All(probe.All, m => Assert.Equal(("log", "INFO"), (m.GetProperty("type").GetString(), m.GetProperty("data").GetProperty("level").GetString())));
        Assert.Equal((1000, "The job has ended"), (status, probe.CloseText));
    }

    [Fact]
    public async Task P341_a_job_that_is_not_there_yet_can_be_waited_for()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/jobs/later/logs");
        await probe.AskAsync("ping");

        await http.PublishAsync(Line("here"), "job:later");
        var line = await probe.NextAsync("log");
        await using var bad = await PlainProbe.ConnectAsync(server.Uri, "/ws/jobs/no%20job/logs");

        Assert.Equal("here", line.GetProperty("data").GetProperty("message").GetString());
        Assert.Equal(1008, await bad.WaitForCloseAsync());
    }

    private static object Line(string message) => new { type = "job.log", payload = new { timestamp = "2026-01-01T00:00:00Z", level = "INFO", message, context = new { } } };

    private static object Detection(int id) => new { type = "detection.new", payload = new { detection_id = id, label = "person", confidence = 0.9, camera_id = "front_door" } };
}
