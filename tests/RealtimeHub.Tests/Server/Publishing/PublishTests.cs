using System.Text.Json;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Publishing;

public class PublishTests
{
    [Fact]
    public async Task P51_one_event_is_answered_with_its_place_and_its_id()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();

        var first = await http.PublishAsync(SampleEvent.Security(1));
        var second = await http.PublishAsync(SampleEvent.CameraOffline());

        Assert.Equal(("events", 1L, false), (first.Channel, first.Sequence, first.Duplicate));
        Assert.Equal((first.Epoch, 2L), (second.Epoch, second.Sequence));
        Assert.NotEqual(first.EventId, second.EventId);
        Assert.NotEmpty(first.EventId!);
    }

    [Fact]
    public async Task P50_what_the_event_says_of_itself_is_kept()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        const string Body = """
            {
              "type": "CAMERA_Online", "timestamp": "2026-03-04T05:06:07+02:00", "eventId": "mine", "correlation_id": "batch_7",
              "payload": { "camera_id": "yard", "camera_name": "Yard", "timestamp": "2026-01-01T00:00:00Z", "extra": [1, 2] },
              "tags": { "site": "north", "camera_id": "forged" }, "unknown": {}
            }
            """;

        using var response = await Problem.PostAsync(http, Body);
        var published = JsonSerializer.Deserialize<PublishResult>(await response.Content.ReadAsStringAsync(), RealtimeJson.Options)!;
        var frame = Assert.Single((await HistoryAsync(http)).Frames);

        Assert.Equal("mine", published.EventId);
        Assert.Equal(("camera.online", "mine", "batch_7"), (frame.Type, frame.EventId, frame.CorrelationId));
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 3, 6, 7, TimeSpan.Zero), frame.Timestamp);
        Assert.Equal(("north", "yard"), (frame.Tags!["site"], frame.Tags["camera_id"]));
        Assert.Equal(2, frame.Payload.ToElement().GetProperty("extra").GetArrayLength());
    }

    [Fact]
    public async Task P51_lines_are_answered_with_the_place_of_each_and_stand_together()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await http.PublishAsync(SampleEvent.Security(1));

        var lines = $"{Line(SampleEvent.Security(2))}\r\n\n  {Line(SampleEvent.CameraOffline())}\t\n";
        using var response = await Problem.PostAsync(http, lines, Problem.Ndjson);
        var batch = JsonSerializer.Deserialize<PublishBatchResult>(await response.Content.ReadAsStringAsync(), RealtimeJson.Options)!;

        Assert.Equal((2, 2L, 3L, false), (batch.Count, batch.FirstSequence, batch.LastSequence, batch.Duplicate));
        Assert.Equal([2L, 3L], batch.Results!.Select(r => r.Sequence!.Value));
        Assert.Equal((await HistoryAsync(http)).Frames.Skip(1).Select(f => f.EventId), batch.Results!.Select(r => r.EventId!));
    }

    [Fact]
    public async Task P50_one_bad_line_and_nothing_is_published()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var bad = new { type = "camera.offline", payload = new { camera_id = "yard", timestamp = "soon" } };

        var problem = await Problem.OfPostAsync(http, $"{Line(SampleEvent.Security(1))}\n{Line(bad)}\n{Line(SampleEvent.Security(2))}", Problem.Ndjson);
        var next = await http.PublishAsync(SampleEvent.Security(3));

        Assert.Equal((400, "INVALID_PAYLOAD"), problem.Answer);
        Assert.Equal(["events[1].payload.camera_name", "events[1].payload.timestamp"], problem.Fields.Order());
        Assert.Equal(1, next.Sequence);
    }

    [Fact]
    public async Task P50_a_line_that_is_no_JSON_is_named_by_its_number()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();

        var problem = await Problem.OfPostAsync(http, $"{Line(SampleEvent.Security(1))}\n\n{{\"type\":\n[\n", Problem.Ndjson);
        var next = await http.PublishAsync(SampleEvent.Security(3));

        Assert.Equal((400, "INVALID_REQUEST"), problem.Answer);
        Assert.Equal(["line 3", "line 4"], problem.Fields);
        Assert.Equal(1, next.Sequence);
    }

    [Fact]
    public async Task P50_lines_in_chunks_of_any_size_are_read_as_one_body()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        using var content = new ChunkedContent([.. $"{Line(SampleEvent.Security(1))}\n{Line(SampleEvent.Security(2))}".Chunk(7).Select(c => new string(c))]);

        using var response = await http.PostAsync(new Uri("/api/v1/channels/events/events", UriKind.Relative), content);
        var batch = JsonSerializer.Deserialize<PublishBatchResult>(await response.Content.ReadAsStringAsync(), RealtimeJson.Options)!;

        Assert.Equal(2, batch.Count);
    }

    [Fact]
    public async Task P54_a_thousand_lines_are_taken_and_one_more_is_not()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var line = Line(SampleEvent.CameraOffline());

        var batch = await http.PublishManyAsync(1_000);
        var problem = await Problem.OfPostAsync(http, string.Join('\n', Enumerable.Repeat(line, 1_001)), Problem.Ndjson);

        Assert.Equal(1_000, batch.Count);
        Assert.Equal((400, "INVALID_REQUEST"), problem.Answer);
        Assert.Equal("at most 1000", problem.Body.GetProperty("errors")[0].GetProperty("bound").GetString());
    }

    [Fact]
    public async Task P53_a_name_is_trimmed_before_anything_else()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();

        var result = await http.PublishAsync(SampleEvent.Security(1), "%20events%09");

        Assert.Equal("events", result.Channel);
    }

    private static string Line(object source) => JsonSerializer.Serialize(source, RealtimeJson.Options);

    private static async Task<HistoryPage> HistoryAsync(HttpClient http)
    {
        var text = await http.GetStringAsync(new Uri("/api/v1/channels/events/history", UriKind.Relative));
        return JsonSerializer.Deserialize<HistoryPage>(text, RealtimeJson.Options)!;
    }
}
