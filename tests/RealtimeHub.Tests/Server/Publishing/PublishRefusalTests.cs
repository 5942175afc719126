using RealtimeHub.Protocol.Errors;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Publishing;

public class PublishRefusalTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly object JobStarted = new { type = "job.started", payload = new { job_id = "a", job_type = "t", started_at = "2026-01-01T00:00:00Z" } };

    [Theory]
    [InlineData("", "body")]
    [InlineData("{", "body")]
    [InlineData("{\"type\":\"event\"} {}", "body")]
    [InlineData("nonsense", "body")]
    public async Task P50_a_body_that_is_no_JSON_is_a_bad_request(string body, string field)
    {
        using var http = shared.Server.Http();

        var problem = await Problem.OfPostAsync(http, body);

        Assert.Equal((400, "INVALID_REQUEST"), problem.Answer);
        Assert.Equal([field], problem.Fields);
    }

    [Theory]
    [InlineData("null", "request")]
    [InlineData("[]", "request")]
    [InlineData("5", "request")]
    [InlineData("\"event\"", "request")]
    [InlineData("{}", "type", "payload")]
    [InlineData("{\"type\":\" \",\"payload\":{}}", "type")]
    [InlineData("{\"type\":5,\"payload\":{},\"timestamp\":\"now\",\"tags\":[1]}", "type", "timestamp", "tags")]
    [InlineData("{\"type\":\"event\",\"payload\":null}", "payload")]
    [InlineData("{\"type\":\"event\",\"payload\":[]}", "payload")]
    [InlineData("{\"type\":\"no.such.type\",\"payload\":{}}", "type")]
    [InlineData("{\"type\":\"event.escalated\",\"payload\":{}}", "type")]
    [InlineData("{\"type\":\"camera.offline\",\"payload\":{\"camera_id\":7.5,\"timestamp\":\"soon\"}}", "payload.camera_id", "payload.timestamp", "payload.camera_name")]
    [InlineData("{\"type\":\"camera.offline\",\"payload\":{},\"eventId\":\"\",\"correlation_id\":\"\",\"tags\":{\"\":\"\"}}", "eventId", "correlation_id", "tags")]
    public async Task P8_every_bad_member_of_an_event_is_named(string body, params string[] fields)
    {
        using var http = shared.Server.Http();

        var problem = await Problem.OfPostAsync(http, body);

        Assert.Equal((400, "INVALID_PAYLOAD"), problem.Answer);
        Assert.Equal(fields.Order(), problem.Fields.Order());
        Assert.False(problem.Body.GetProperty("retryable").GetBoolean());
    }

    [Fact]
    public async Task P50_lines_without_an_event_are_a_bad_request()
    {
        using var http = shared.Server.Http();

        var problem = await Problem.OfPostAsync(http, " \n\n", Problem.Ndjson);

        Assert.Equal((400, "INVALID_REQUEST"), problem.Answer);
        Assert.Equal(["events"], problem.Fields);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nobody-s-key")]
    public async Task P80_without_a_known_key_nothing_is_looked_at(string? key)
    {
        using var http = shared.Server.Http(key);

        var problem = await Problem.OfPostAsync(http, "{", channel: "nonsense!");

        Assert.Equal((401, key is null ? "AUTH_REQUIRED" : "INVALID_API_KEY"), problem.Answer);
    }

    [Theory]
    [InlineData("events", 403, "FORBIDDEN")]
    [InlineData("service:x", 403, "FORBIDDEN")]
    [InlineData("system", 403, "CHANNEL_READ_ONLY")]
    [InlineData("jobs", 403, "CHANNEL_READ_ONLY")]
    [InlineData("job", 404, "CHANNEL_NOT_FOUND")]
    [InlineData("events:1", 404, "CHANNEL_NOT_FOUND")]
    [InlineData("climate:t2m", 404, "CHANNEL_NOT_FOUND")]
    [InlineData("job:", 400, "INVALID_CHANNEL")]
    [InlineData("EVENTS", 400, "INVALID_CHANNEL")]
    public async Task P53_only_publishable_channels_take_events_each_with_its_scope(string channel, int status, string code)
    {
        await using var server = HubServer.Start(keys: [("worker", "worker-key", "jobs:write events:read")]);
        using var http = server.Http("worker-key");

        var problem = await Problem.OfEventAsync(http, SampleEvent.Security(1), channel);
        var job = await http.PublishAsync(JobStarted, "job:a");

        Assert.Equal((status, code), problem.Answer);
        Assert.Equal(1, job.Sequence);
    }

    [Fact]
    public async Task P61_a_finished_job_takes_nothing_more()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await http.PublishAsync(JobStarted, "job:a");
        await http.PublishAsync(new { type = "job.cancelled", payload = new { job_id = "a", cancelled_at = "2026-01-01T00:00:01Z" } }, "job:a");

        var problem = await Problem.OfEventAsync(http, new { type = "job.log", payload = new { level = "info", message = "late" } }, "job:a");

        Assert.Equal((409, "JOB_FINISHED"), problem.Answer);
    }

    [Fact]
    public async Task P54_an_event_over_its_limit_is_too_large()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var payload = new { camera_id = "a", camera_name = "a", timestamp = "2026-01-01T00:00:00Z", extra = new string('x', 65_536) };

        var problem = await Problem.OfEventAsync(http, new { type = "camera.offline", payload });

        Assert.Equal((413, "MESSAGE_TOO_LARGE"), problem.Answer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task P54_a_body_over_its_limit_is_too_large(bool isChunked)
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Publishing:MaxBodyBytes"] = "10000" });
        using var http = server.Http();
        var line = "{\"type\":\"event\",\"payload\":{}}\n";
        using HttpContent content = isChunked
            ? new ChunkedContent([.. Enumerable.Repeat(line, 2_000)])
            : new StringContent(string.Concat(Enumerable.Repeat(line, 2_000)), System.Text.Encoding.UTF8, Problem.Ndjson);

        using var response = await http.PostAsync(new Uri("/api/v1/channels/events/events", UriKind.Relative), content);
        var problem = await Problem.OfAsync(response);

        Assert.Equal((413, "MESSAGE_TOO_LARGE"), problem.Answer);
    }

    [Fact]
    public async Task P54_a_key_over_its_rate_is_told_when_to_come_back_and_others_are_not_held_up()
    {
        await using var server = HubServer.Start(
            new Dictionary<string, string?> { ["Publishing:RequestsPerMinute"] = "2" }, keys: [("other", "other-key", "events:write")]);
        using var http = server.Http();
        using var other = server.Http("other-key");
        await http.PublishAsync(SampleEvent.Security(1));
        await http.PublishAsync(SampleEvent.Security(2));

        var problem = await Problem.OfEventAsync(http, SampleEvent.Security(3));
        var allowed = await other.PublishAsync(SampleEvent.Security(4));

        Assert.Equal((429, "RATE_LIMIT"), problem.Answer);
        Assert.True(problem.Body.GetProperty("retryable").GetBoolean());
        Assert.InRange(problem.Body.GetProperty("retry_after_ms").GetInt64(), 1, 60_000);
        Assert.InRange(problem.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal(3, allowed.Sequence);
    }

    [Fact]
    public async Task P8_a_channel_too_many_is_refused_for_now()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Channels:MaxChannels"] = "16" });
        using var http = server.Http();
        Problem? problem = null;
        for (var i = 0; problem is null && i < 17; i++)
        {
            using var response = await http.PostEventAsync(new { type = "service.status", payload = new { name = $"s{i}", status = "healthy" } }, $"service:s{i}");
            problem = response.IsSuccessStatusCode ? null : await Problem.OfAsync(response);
        }

        var known = await http.PublishAsync(new { type = "service.status", payload = new { name = "s0", status = "healthy" } }, "service:s0");

        Assert.Equal((503, ErrorCodes.ChannelLimit.Code), problem!.Answer);
        Assert.True(problem.Body.GetProperty("retryable").GetBoolean());
        Assert.Equal(2, known.Sequence);
    }
}
