using System.Globalization;
using System.Net;
using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Publishing;

public class IdempotencyTests
{
    [Fact]
    public async Task P52_a_repeat_within_five_minutes_gets_the_first_answer_and_one_after_them_is_new()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        using var http = server.Http();

        var first = await http.PublishAsync(SampleEvent.Security(1), idempotencyKey: "k");
        clock.Advance(TimeSpan.FromSeconds(299));
        var repeat = await http.PublishAsync(SampleEvent.Security(1), idempotencyKey: "k");
        clock.Advance(TimeSpan.FromSeconds(1));
        var anew = await http.PublishAsync(SampleEvent.Security(1), idempotencyKey: "k");

        Assert.Equal(first with { Duplicate = true }, repeat);
        Assert.Equal((2L, false), (anew.Sequence, anew.Duplicate));
        Assert.NotEqual(first.EventId, anew.EventId);
    }

    [Fact]
    public async Task P52_concurrent_repeats_publish_once()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => http.PublishAsync(SampleEvent.Security(1), idempotencyKey: "k")));
        var next = await http.PublishAsync(SampleEvent.Security(2));

        Assert.Single(results, r => !r.Duplicate);
        Assert.Single(results.Select(r => (r.Sequence, r.EventId)).Distinct());
        Assert.Equal(2, next.Sequence);
    }

    [Fact]
    public async Task P52_a_batch_repeats_as_a_whole()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        http.DefaultRequestHeaders.Add("Idempotency-Key", "k");

        var first = await http.PublishManyAsync(3);
        var repeat = await http.PublishManyAsync(3);

        Assert.Equal((false, true), (first.Duplicate, repeat.Duplicate));
        Assert.Equal(first.Results!.Select(r => r with { Duplicate = true }), repeat.Results!);
        Assert.Equal((1L, 3L), (repeat.FirstSequence, repeat.LastSequence));
    }

    public static TheoryData<string, object> OtherContents => new()
    {
        { "payload", SampleEvent.Security(2) },
        { "eventId", Camera(eventId: "other") },
        { "tags", Camera(tag: "other") },
        { "correlation_id", Camera(correlationId: "other") },
        { "timestamp", Camera(timestamp: "2026-02-02T00:00:00Z") },
    };

    [Theory]
    [MemberData(nameof(OtherContents))]
    public async Task P52_other_content_under_the_same_key_is_a_conflict(string difference, object other)
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await http.PublishAsync(Camera(), idempotencyKey: "k");

        using var response = await http.PostEventAsync(other, idempotencyKey: "k");

        Assert.True(response.StatusCode == HttpStatusCode.UnprocessableEntity, difference);
        var problem = await Problem.OfAsync(response);
        Assert.Equal((422, "IDEMPOTENCY_CONFLICT"), problem.Answer);
    }

    [Fact]
    public async Task P52_a_key_belongs_to_one_channel()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var log = new { type = "job.log", payload = new { level = "info", message = "a" } };

        var one = await http.PublishAsync(log, "job:a", "k");
        var other = await http.PublishAsync(log, "job:b", "k");

        Assert.Equal((false, false), (one.Duplicate, other.Duplicate));
    }

    [Fact]
    public async Task P52_a_refused_request_does_not_use_up_its_key()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();

        var problem = await Problem.OfEventAsync(http, new { type = "event", payload = new { } }, key: "k");
        var corrected = await http.PublishAsync(SampleEvent.Security(1), idempotencyKey: "k");

        Assert.Equal("INVALID_PAYLOAD", problem.Code);
        Assert.Equal((1L, false), (corrected.Sequence, corrected.Duplicate));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(0)]
    public async Task P52_a_key_has_between_one_and_two_hundred_characters(int length)
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/channels/events/events")
        {
            Content = new StringContent("{\"type\":\"event\",\"payload\":{}}", System.Text.Encoding.UTF8, Problem.Json),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", new string('k', length));

        using var response = await http.SendAsync(request);
        var problem = await Problem.OfAsync(response);

        Assert.Equal(400, problem.Status);
        Assert.Contains("idempotency_key", problem.Fields);
    }

    [Fact]
    public async Task P52_an_event_id_that_is_kept_is_not_published_twice()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();

        var first = await http.PublishAsync(Camera(eventId: "mine"));
        await http.PublishAsync(SampleEvent.Security(1));
        var again = await http.PublishAsync(Camera(eventId: "mine", tag: "another"));

        Assert.Equal(first with { Duplicate = true }, again);
    }

    [Fact]
    public async Task P52_an_event_id_twice_in_one_batch_is_published_once()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var lines = "{\"type\":\"job.log\",\"eventId\":\"e\",\"payload\":{\"level\":\"info\",\"message\":\"a\"}}";

        using var response = await Problem.PostAsync(http, $"{lines}\n{lines}", Problem.Ndjson, "job:a");
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var results = document.RootElement.GetProperty("results");

        Assert.Equal([(1L, false), (1L, true)], results.EnumerateArray().Select(r => (r.GetProperty("sequence").GetInt64(), r.GetProperty("duplicate").GetBoolean())));
    }

    [Fact]
    public async Task P52_the_keys_of_two_principals_do_not_meet()
    {
        await using var server = HubServer.Start(keys: [("other", "other-key", "events:write")]);
        using var http = server.Http();
        using var other = server.Http("other-key");

        var mine = await http.PublishAsync(SampleEvent.Security(1), idempotencyKey: "1");
        var theirs = await other.PublishAsync(SampleEvent.Security(1), idempotencyKey: "1");
        var different = await other.PublishAsync(SampleEvent.Security(2), idempotencyKey: "2");

        Assert.Equal([(1L, false), (2L, false), (3L, false)], new[] { mine, theirs, different }.Select(r => (r.Sequence!.Value, r.Duplicate)));
    }

    private static PublishEvent Camera(string? eventId = null, string tag = "a", string? correlationId = null, string? timestamp = null)
    {
        var payload = "{\"camera_id\":\"a\",\"camera_name\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\"}"u8.ToArray();
        return new PublishEvent
        {
            Type = "camera.offline",
            Payload = JsonPayload.FromValidUtf8(payload),
            EventId = eventId,
            CorrelationId = correlationId,
            Timestamp = timestamp is null ? null : DateTimeOffset.Parse(timestamp, CultureInfo.InvariantCulture),
            Tags = new Dictionary<string, string> { ["x"] = tag },
        };
    }
}
