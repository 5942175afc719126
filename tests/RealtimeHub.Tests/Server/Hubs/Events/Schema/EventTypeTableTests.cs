using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Hubs.Events.Schema;

namespace RealtimeHub.Tests.Server.Hubs.Events.Schema;

public class EventTypeTableTests
{
    private const string Registry = "event-type-registry.json";

    // Members that the payload schemas allow to be null; the server fills them in.
    private static readonly HashSet<string> FilledIn =
        ["previous_status", "previous_health", "reason", "max_attempts", "error_type", "utilization", "memory_used", "memory_total", "temperature"];

    public static TheoryData<string> Types => [.. EventTypeTable.All.Select(t => t.CanonicalName)];

    public static TheoryData<string> RegisteredTypes => EventVectors.Ids(Registry, c => c.GetProperty("channel").ValueKind == JsonValueKind.String);

    public static TheoryData<string> ControlTypes => EventVectors.Ids(Registry, c => c.GetProperty("channel").ValueKind == JsonValueKind.Null);

    [Theory]
    [MemberData(nameof(RegisteredTypes))]
    public void TryGet_finds_each_registered_type_with_its_channel_and_required_members(string id)
    {
        var vector = EventVectors.Case(Registry, id);

        Assert.True(EventTypeTable.TryGet(vector.GetProperty("type").GetString(), out var type));
        Assert.Equal(vector.GetProperty("channel").GetString(), type.ChannelTag);
        foreach (var required in vector.GetProperty("required_payload_fields").EnumerateArray())
        {
            AssertRequired(type, required.GetString()!);
        }
    }

    [Theory]
    [MemberData(nameof(ControlTypes))]
    public void TryGet_refuses_control_messages(string id) =>
        Assert.False(EventTypeTable.TryGet(EventVectors.Case(Registry, id).GetProperty("type").GetString(), out _));

    [Fact]
    public void TryGet_finds_the_types_that_only_newer_sources_name()
    {
        foreach (var name in EventVectors.Read(Registry).GetProperty("newer_types_seen_only_in_tests").EnumerateArray())
        {
            Assert.True(EventTypeTable.TryGet(name.GetString(), out _), name.GetString());
        }
    }

    [Theory]
    [InlineData("alert_created", "alert.created")]
    [InlineData("ALERT.Created", "alert.created")]
    [InlineData("job_progress", "job.progress")]
    [InlineData("camera_status", "camera.status")]
    [InlineData("camera_status_changed", "camera.status_changed")]
    [InlineData("service_status", "service.status")]
    [InlineData("service_status_changed", "service.status_changed")]
    [InlineData("scene_change", "scene_change.detected")]
    [InlineData("scene_change_detected", "scene_change.detected")]
    [InlineData("batch.analysis_started", "batch.analysis_started")]
    [InlineData("worker_status", "worker.status")]
    [InlineData("infrastructure_alert", "infrastructure.alert")]
    [InlineData("summary_update", "summary.update")]
    [InlineData("system_status", "system.status")]
    [InlineData("log", "job.log")]
    [InlineData("event", "event")]
    public void TryGet_knows_every_documented_spelling(string given, string canonical)
    {
        Assert.True(EventTypeTable.TryGet(given, out var type));
        Assert.Equal(canonical, type.CanonicalName);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("alert")]
    [InlineData("alert.*")]
    [InlineData("alert created")]
    [InlineData("service.status.changed")]
    public void TryGet_refuses_other_names(string? given) => Assert.False(EventTypeTable.TryGet(given, out _));

    [Theory]
    [MemberData(nameof(Types))]
    public void Validate_accepts_the_least_and_the_fullest_payload(string name)
    {
        var type = Get(name);

        Assert.Empty(Errors(type, SamplePayload.Minimal(type)));
        Assert.Empty(Errors(type, SamplePayload.Full(type)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Validate_names_each_required_member_that_is_missing_or_null(string name)
    {
        var type = Get(name);

        foreach (var field in type.Shape.Fields)
        {
            var payload = SamplePayload.Minimal(type);
            payload[field.Name] = null;
            AssertNames(field.Presence == Presence.Required, field, Errors(type, payload));

            payload.Remove(field.Name);
            AssertNames(field.Presence is Presence.Required or Presence.Nullable, field, Errors(type, payload));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Validate_names_each_member_of_the_wrong_kind(string name)
    {
        var type = Get(name);

        foreach (var field in type.Shape.Fields.Where(f => f.Kind != FieldKind.Any))
        {
            var payload = SamplePayload.Full(type);
            payload[field.Name] = field.Kind is FieldKind.Object ? new JsonArray() : new JsonObject { ["a"] = 1 };
            var error = Assert.Single(Errors(type, payload));

            Assert.Equal($"payload.{field.Name}", error.Field);
            Assert.Equal(field.Bound, error.Bound);
            Assert.NotNull(error.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Validate_names_each_number_out_of_range(string name)
    {
        var type = Get(name);

        foreach (var field in type.Shape.Fields.Where(f => f.Min is not null || f.Max is not null))
        {
            var payload = SamplePayload.Full(type);
            payload[field.Name] = field.Max is { } max ? max + 1 : field.Min - 1;

            Assert.Equal($"payload.{field.Name}", Assert.Single(Errors(type, payload)).Field);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Normalise_lowers_words_and_is_accepted_again(string name)
    {
        var type = Get(name);

        var normalised = type.Normalise(Element(SamplePayload.Full(type))).ToElement();

        Assert.True(type.Validate(normalised, []));
        foreach (var field in type.Shape.Fields.Where(f => f.Kind == FieldKind.Choice))
        {
            Assert.Equal(field.Words[0], normalised.GetProperty(field.Name).GetString());
        }
    }

    [Fact]
    public void All_has_no_two_types_under_one_spelling_and_only_the_server_escalates()
    {
        Assert.Distinct(EventTypeTable.All.Select(t => t.CanonicalName.Replace('.', '_')));
        Assert.Equal(["event.escalated"], EventTypeTable.All.Where(t => t.IsServerOnly).Select(t => t.CanonicalName));
    }

    private static void AssertRequired(EventType type, string member)
    {
        var payload = SamplePayload.Minimal(type);
        payload.Remove(member);
        foreach (var other in type.Shape.Alternatives.Where(names => names.Contains(member)).SelectMany(names => names))
        {
            payload.Remove(other);
        }

        if (FilledIn.Contains(member) && type.Shape.Fields.Single(f => f.Name == member).Presence == Presence.NullWhenAbsent)
        {
            Assert.Empty(Errors(type, payload));
            Assert.Equal(JsonValueKind.Null, type.Normalise(Element(payload)).ToElement().GetProperty(member).ValueKind);
            return;
        }

        Assert.Contains(Errors(type, payload), e => e.Field == $"payload.{member}");
    }

    private static void AssertNames(bool expected, FieldRule field, List<FieldError> errors)
    {
        // A member that is only one way to say something is answered for by the test of alternatives.
        if (expected)
        {
            Assert.Equal($"payload.{field.Name}", Assert.Single(errors).Field);
        }
        else
        {
            Assert.DoesNotContain(errors, e => e.Field == $"payload.{field.Name}" && !e.Message.Contains("one of", StringComparison.Ordinal));
        }
    }

    private static EventType Get(string name) => EventTypeTable.TryGet(name, out var type) ? type : throw new InvalidOperationException(name);

    private static List<FieldError> Errors(EventType type, JsonObject payload)
    {
        var errors = new List<FieldError>();
        var accepted = type.Validate(Element(payload), errors);
        Assert.Equal(errors.Count == 0, accepted);
        return errors;
    }

    private static JsonElement Element(JsonNode node) => JsonElement.Parse(node.ToJsonString());
}
