using System.Text.Json;
using RealtimeHub.Server.Hubs.Events.Schema;

namespace RealtimeHub.Tests.Server.Hubs.Events.Schema;

public class EventRulesTests
{
    private const string Acks = "ack-and-sequence.json";

    public static TheoryData<string> AckCases => EventVectors.Ids(Acks, c => c.TryGetProperty("requires_ack", out _));

    public static TheoryData<string> Types => [.. EventTypeTable.All.Select(t => t.CanonicalName)];

    [Theory]
    [MemberData(nameof(AckCases))]
    public void RequiresAck_answers_as_documented(string id)
    {
        var vector = EventVectors.Case(Acks, id);
        var message = vector.GetProperty("message");
        var payload = message.TryGetProperty("data", out var data) ? data : default;

        Assert.Equal(vector.GetProperty("requires_ack").GetBoolean(), EventRules.RequiresAck(message.GetProperty("type").GetString()!, payload));
    }

    [Theory]
    [InlineData("event", """{"risk_score":80,"risk_level":"high"}""", true)]
    [InlineData("event", """{"risk_score":79,"risk_level":"high"}""", false)]
    [InlineData("event", """{"risk_score":null,"risk_level":"critical"}""", true)]
    [InlineData("event", """{"risk_score":null,"risk_level":"high"}""", false)]
    [InlineData("event", """{"risk_score":10,"risk_level":"Critical"}""", true)]
    [InlineData("event", """{"risk_score":"99"}""", false)]
    [InlineData("event", "[]", false)]
    [InlineData("event.created", """{"risk_score":100,"risk_level":"critical"}""", false)]
    [InlineData("alert.created", """{"severity":"critical"}""", false)]
    public void RequiresAck_is_for_severe_security_events_only(string type, string payload, bool expected) =>
        Assert.Equal(expected, EventRules.RequiresAck(type, JsonElement.Parse(payload)));

    [Theory]
    [InlineData("event", """{"camera_id":"front_door","risk_score":85,"risk_level":"critical","summary":"x"}""",
        "channel=events camera_id=front_door severity=critical risk_level=critical risk_score=85")]
    [InlineData("event", """{"camera_id":"front_door","risk_score":null,"risk_level":"low"}""",
        "channel=events camera_id=front_door severity=low risk_level=low")]
    [InlineData("alert.created", """{"id":"a","severity":"high"}""", "channel=alerts severity=high")]
    [InlineData("detection.new", """{"camera_id":"garage","label":"car","detection_id":7}""", "channel=detections camera_id=garage label=car")]
    [InlineData("zone.crossing", """{"zone_id":3,"entity_id":"e","camera_id":"c"}""", "channel=zones camera_id=c zone_id=3 entity_id=e")]
    [InlineData("job.progress", """{"job_id":"j"}""", "channel=jobs job_id=j")]
    [InlineData("service.status", """{"name":"redis"}""", "channel=system service=redis")]
    [InlineData("worker.started", """{"worker_name":"w","name":"n"}""", "channel=workers worker_name=w")]
    public void Tags_are_the_channel_and_what_the_payload_says(string name, string payload, string expected)
    {
        Assert.True(EventTypeTable.TryGet(name, out var type));

        var tags = EventRules.Tags(type, JsonElement.Parse(payload));

        Assert.Equal(expected, string.Join(' ', tags.Select(t => $"{t.Key}={t.Value}")));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Tags_and_keys_stay_within_the_bounds_of_an_envelope(string name)
    {
        Assert.True(EventTypeTable.TryGet(name, out var type));
        var payload = JsonElement.Parse(SamplePayload.Full(type).ToJsonString());

        var tags = EventRules.Tags(type, payload);

        Assert.InRange(tags.Count, 1, 16);
        Assert.All(tags, t => Assert.InRange(t.Value.Length, 1, 200));
        Assert.Equal(type.Conflation is null, EventRules.ConflationKey(type, payload) is null);
    }

    [Theory]
    [InlineData("camera.offline", """{"camera_id":"front_door"}""", "camera:front_door")]
    [InlineData("camera.status_changed", """{"camera_id":"front_door"}""", "camera:front_door")]
    [InlineData("camera.config_updated", """{"camera_id":"front_door"}""", "camera-config:front_door")]
    [InlineData("service.status", """{"name":"redis"}""", "service:redis")]
    [InlineData("service.status", """{}""", null)]
    [InlineData("worker.error", """{"worker_name":"w1"}""", "worker:w1")]
    [InlineData("alert.acknowledged", """{"id":7}""", "alert:7")]
    [InlineData("gpu.stats_updated", """{}""", "gpu")]
    [InlineData("detection.new", """{"camera_id":"front_door"}""", null)]
    [InlineData("event", """{"id":1,"camera_id":"front_door"}""", null)]
    public void ConflationKey_names_the_thing_whose_state_it_is(string name, string payload, string? key)
    {
        Assert.True(EventTypeTable.TryGet(name, out var type));

        Assert.Equal(key, EventRules.ConflationKey(type, JsonElement.Parse(payload)));
    }
}
