using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Hubs.Events.Schema;

namespace RealtimeHub.Tests.Server.Hubs.Events.Schema;

public class EventTypeTests
{
    private const string Payloads = "payload-validation.json";
    private const string Good =
        """{"id":1,"event_id":1,"batch_id":"b","camera_id":"c","risk_score":75,"risk_level":"high","summary":"s","reasoning":"r"}""";

    public static TheoryData<string> PayloadCases => EventVectors.Ids(Payloads);

    [Theory]
    [MemberData(nameof(PayloadCases))]
    public void Validate_answers_each_documented_payload_as_documented(string id)
    {
        var vector = EventVectors.Case(Payloads, id);
        var data = vector.GetProperty("data");

        var errors = Errors(vector.GetProperty("type").GetString()!, data.GetRawText(), out var type);

        Assert.True((vector.GetProperty("expect").GetString() == "accept") == (errors.Count == 0), string.Join(" ", errors));
        if (vector.TryGetProperty("missing", out var missing))
        {
            Assert.Equal(missing.EnumerateArray().Select(m => $"payload.{m}").Order(), errors.Select(e => e.Field).Order());
        }

        if (vector.TryGetProperty("normalised", out var normalised))
        {
            var payload = type.Normalise(data).ToElement();
            Assert.All(normalised.EnumerateObject(), m => Assert.True(JsonElement.DeepEquals(m.Value, payload.GetProperty(m.Name))));
        }
    }

    [Theory]
    [InlineData("camera.status_changed", """{"camera_id":"front_door","status":"online","last_seen_at":"2025-12-23T12:00:00Z"}""")]
    [InlineData("service.status", """{"service":"yolo26","status":"healthy","latency_ms":245}""")]
    [InlineData("service_status", """{"name":"event_broadcaster","status":"degraded","message":"m","circuit_state":"open"}""")]
    [InlineData("event", """{"id":"evt-1","event_id":1,"batch_id":"b","camera_id":"c","risk_score":null,"risk_level":"CRITICAL","summary":"","reasoning":""}""")]
    [InlineData("alert_acknowledged", """{"id":"a","event_id":1,"severity":"high","status":"acknowledged","dedup_key":"k","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}""")]
    [InlineData("detection.batch", """{"batch_id":"b","camera_id":"c","detection_ids":[1,2],"detection_count":2,"close_reason":"IDLE"}""")]
    [InlineData("gpu.stats_updated", """{"timestamp":"2026-02-01T12:00:00Z","utilization":100}""")]
    public void Validate_accepts_documented_frames(string type, string payload) => Assert.Empty(Errors(type, payload, out _));

    [Theory]
    [InlineData("event", "risk_score", "\"75\"", "payload.risk_score", "0..100")]
    [InlineData("event", "risk_score", "-1", "payload.risk_score", "0..100")]
    [InlineData("event", "risk_score", "101", "payload.risk_score", "0..100")]
    [InlineData("event", "risk_score", "79.5", "payload.risk_score", "0..100")]
    [InlineData("event", "risk_score", "1e999", "payload.risk_score", "0..100")]
    [InlineData("event", "risk_level", "\"urgent\"", "payload.risk_level", "low, medium, high, critical")]
    [InlineData("event", "risk_level", "null", "payload.risk_level", "low, medium, high, critical")]
    [InlineData("event", "camera_id", "\"\"", "payload.camera_id", "1..200 characters")]
    [InlineData("event", "started_at", "\"yesterday\"", "payload.started_at", null)]
    [InlineData("event", "notify", "1", "payload.notify", null)]
    public void Validate_says_what_was_expected(string type, string member, string value, string field, string? bound)
    {
        var payload = JsonNode.Parse(Good)!.AsObject();
        payload.Remove(member);
        var text = payload.ToJsonString()[..^1] + $",\"{member}\":{value}}}";

        var error = Assert.Single(Errors(type, text, out _));

        Assert.Equal(field, error.Field);
        Assert.Equal(bound, error.Bound);
        Assert.StartsWith($"{field} must be ", error.Message, StringComparison.Ordinal);
        Assert.Equal(value.Trim('"'), error.Value);
    }

    [Fact]
    public void Validate_reaches_members_of_members_and_of_items()
    {
        const string Payload =
            """{"batch_id":"b","camera_id":"c","detections":[{"detection_id":1,"label":"car","confidence":0.5,"camera_id":"c"},{"detection_id":2,"label":"car","confidence":1.5,"camera_id":"c","bbox":{"x":0,"y":0,"width":2}}]}""";

        var errors = Errors("detection.batch", Payload, out _);

        Assert.Equal(
            ["payload.detections[1].confidence", "payload.detections[1].bbox.width", "payload.detections[1].bbox.height"],
            errors.Select(e => e.Field));
    }

    [Fact]
    public void Validate_wants_one_of_the_members_that_say_the_same()
    {
        var error = Assert.Single(Errors("service.status", """{"status":"healthy","name":null}""", out _));

        Assert.Equal("payload.service", error.Field);
        Assert.Equal("service, name", error.Bound);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData("[{}]")]
    public void Validate_refuses_a_payload_that_is_no_object(string payload) =>
        Assert.Equal("payload", Assert.Single(Errors("event", payload, out _)).Field);

    [Fact]
    public void Validate_refuses_a_payload_that_is_not_there()
    {
        var errors = new List<FieldError>();

        Assert.True(EventTypeTable.TryGet("event", out var type));
        Assert.False(type.Validate(default, errors));
        Assert.Equal("payload", Assert.Single(errors).Field);
    }

    [Fact]
    public void Validate_refuses_a_member_that_is_there_twice()
    {
        var error = Assert.Single(Errors("event", Good[..^1] + ",\"risk_score\":10}", out _));

        Assert.Equal("payload.risk_score", error.Field);
    }

    [Theory]
    [InlineData("""{"id":"\ud800"}""")]
    [InlineData("""{"unknown":"\udc00\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    public void Validate_refuses_text_that_no_reader_can_decode(string payload) =>
        Assert.Equal("payload", Assert.Single(Errors("alert.deleted", payload, out _)).Field);

    [Fact]
    public void Validate_cuts_huge_values_and_endless_lists_of_errors()
    {
        var huge = Errors("alert.deleted", $$"""{"id":"{{new string('x', 100_000)}}"}""", out _);
        var items = string.Join(',', Enumerable.Repeat("{}", 10_000));
        var many = Errors("detection.batch", $$"""{"batch_id":1,"camera_id":"c","detections":[{{items}}]}""", out _);

        Assert.InRange(Assert.Single(huge).Value!.Length, 1, FieldError.MaxValueLength + 1);
        Assert.InRange(many.Count, 1, PayloadShape.MaxErrors);
    }

    [Fact]
    public void Validate_gives_values_that_can_be_written_even_when_cut_within_a_character()
    {
        var payload = Good.Replace("high", new string('x', FieldError.MaxValueLength - 1) + "😀", StringComparison.Ordinal);
        var error = new ProtocolError { Code = "INVALID_PAYLOAD", Message = "", Details = new ErrorDetails { Errors = Errors("event", payload, out _) } };

        var json = JsonSerializer.SerializeToUtf8Bytes(error, RealtimeJson.Options);

        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(json).ValueKind);
    }

    [Fact]
    public void Normalise_keeps_unknown_members_however_deep()
    {
        var deep = new StringBuilder().Insert(0, "{\"a\":", 50).Append("\"π é \\u00e9\"").Append('}', 50);
        var payload = $$"""{ "id" : "a" , "extra" : {{deep}} }""";

        Assert.Empty(Errors("alert.deleted", payload, out var type));

        Assert.Equal($$"""{"id":"a","extra":{{deep.Replace("\\u00e9", "é")}}}""", type.Normalise(JsonElement.Parse(payload)).ToString());
    }

    [Fact]
    public void Normalise_fills_in_members_that_may_be_null()
    {
        Assert.Empty(Errors("camera.status_changed", """{"camera_id":"c","status":"OffLine"}""", out var type));

        Assert.Equal(
            """{"camera_id":"c","status":"offline","previous_status":null}""",
            type.Normalise(JsonElement.Parse("""{"camera_id":"c","status":"OffLine"}""")).ToString());
    }

    private static List<FieldError> Errors(string name, string payload, out EventType type)
    {
        Assert.True(EventTypeTable.TryGet(name, out var found));
        type = found;
        var errors = new List<FieldError>();
        var accepted = type.Validate(JsonElement.Parse(payload), errors);
        Assert.Equal(errors.Count == 0, accepted);
        return errors;
    }
}
