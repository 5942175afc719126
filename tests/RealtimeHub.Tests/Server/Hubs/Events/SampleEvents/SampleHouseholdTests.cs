using System.Text.Json;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Hubs.Events.SampleEvents;
using RealtimeHub.Server.Hubs.Events.Schema;

namespace RealtimeHub.Tests.Server.Hubs.Events.SampleEvents;

public class SampleHouseholdTests
{
    private const int Count = 5_000;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 18, 30, 0, TimeSpan.Zero);

    // What is told, with its time and its parsed payload.
    private static readonly List<(DateTimeOffset At, string Type, JsonElement Payload)> Told = Tell(42);

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    [InlineData(ulong.MaxValue)]
    public void Events_are_all_accepted_as_they_are(ulong seed)
    {
        foreach (var (delay, told) in SampleHousehold.Events(seed, Start).Take(Count))
        {
            var errors = new List<FieldError>();

            Assert.True(delay >= TimeSpan.Zero);
            Assert.True(EventTypeTable.TryGet(told.Type, out var type), told.Type);
            Assert.Equal(type.CanonicalName, told.Type);
            Assert.True(type.Validate(told.Payload!.Value.ToElement(), errors), string.Join(" ", errors));
            Assert.Equal(told.Payload.Value, type.Normalise(told.Payload.Value.ToElement()));
        }
    }

    [Fact]
    public void Events_are_the_same_for_the_same_seed_and_others_for_another()
    {
        var again = SampleHousehold.Events(42, Start).Take(500).Select(Text);
        var other = SampleHousehold.Events(43, Start).Take(500).Select(Text);

        Assert.Equal(SampleHousehold.Events(42, Start).Take(500).Select(Text), again);
        Assert.NotEqual(SampleHousehold.Events(42, Start).Take(500).Select(Text), other);
    }

    [Fact]
    public void Events_tell_times_that_agree_with_their_delays()
    {
        var now = Start;
        foreach (var (delay, told) in SampleHousehold.Events(7, Start).Take(Count))
        {
            now += delay;
            Assert.Equal(now, told.Timestamp);
            if (told.Payload!.Value.ToElement().TryGetProperty("timestamp", out var timestamp))
            {
                Assert.Equal(now, timestamp.GetDateTimeOffset());
            }
        }
    }

    [Fact]
    public void Events_show_every_kind_of_thing()
    {
        string[] expected =
        [
            "alert.acknowledged", "alert.created", "alert.dismissed", "alert.resolved", "batch.analysis_completed", "batch.analysis_started",
            "camera.offline", "camera.online", "detection.batch", "detection.new", "event", "scene_change.acknowledged", "scene_change.detected",
        ];

        Assert.Equal(expected, Told.Select(t => t.Type).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["car", "dog", "package", "person"], Strings("detection.new", "label"));
        Assert.Equal(["back_yard", "driveway", "front_door", "garage"], Strings("event", "camera_id"));
        Assert.Equal(["critical", "high", "low", "medium"], Strings("event", "risk_level"));
    }

    [Fact]
    public void Events_are_mostly_harmless_and_sometimes_ask_for_acknowledgement()
    {
        var events = Of("event").ToList();

        Assert.All(events, e => Assert.Equal(SeverityBands.LevelOf(e.Payload.GetProperty("risk_score").GetInt32()), e.Payload.GetProperty("risk_level").GetString()));
        Assert.InRange(Share(events, e => e.Payload.GetProperty("risk_level").GetString() == "low"), 0.35, 0.85);
        Assert.InRange(Share(events, e => EventRules.RequiresAck(e.Type, e.Payload)), 0.005, 0.15);
    }

    [Fact]
    public void Events_analyse_only_what_was_detected_and_batched_before()
    {
        var detected = new HashSet<int>();
        var batched = new HashSet<string>();
        foreach (var (_, type, payload) in Told)
        {
            switch (type)
            {
                case "detection.new":
                    Assert.True(detected.Add(payload.GetProperty("detection_id").GetInt32()));
                    break;
                case "detection.batch":
                    Assert.All(payload.GetProperty("detection_ids").EnumerateArray(), id => Assert.Contains(id.GetInt32(), detected));
                    Assert.True(batched.Add(payload.GetProperty("batch_id").GetString()!));
                    break;
                case "event":
                    Assert.Contains(payload.GetProperty("batch_id").GetString()!, batched);
                    break;
            }
        }
    }

    [Fact]
    public void Events_raise_one_alert_for_each_severe_event_and_end_it_later()
    {
        // The last minutes are left out: what started in them is not finished.
        var end = Told[^1].At - TimeSpan.FromMinutes(20);
        var severe = Of("event").Where(e => e.At < end && e.Payload.GetProperty("risk_level").GetString() is "high" or "critical");
        var alerts = Of("alert.created").ToDictionary(a => a.Payload.GetProperty("event_id").GetInt32());

        Assert.All(severe, e => Assert.True(alerts.ContainsKey(e.Payload.GetProperty("event_id").GetInt32())));
        foreach (var alert in alerts.Values.Where(a => a.At < end))
        {
            var steps = Told.Where(t => t.Type.StartsWith("alert.", StringComparison.Ordinal) && IdOf(t.Payload) == IdOf(alert.Payload)).ToList();

            Assert.Equal(["alert.created", "alert.acknowledged"], steps.Take(2).Select(s => s.Type));
            Assert.Contains(Assert.Single(steps[2..]).Type, (string[])["alert.resolved", "alert.dismissed"]);
        }
    }

    [Fact]
    public void Events_of_a_camera_that_is_off_are_none()
    {
        var off = new HashSet<string>();
        foreach (var (_, type, payload) in Told.Where(t => t.Type.StartsWith("camera.", StringComparison.Ordinal) || t.Type == "detection.new"))
        {
            var camera = payload.GetProperty("camera_id").GetString()!;
            Assert.True(type switch
            {
                "camera.offline" => off.Add(camera),
                "camera.online" => off.Remove(camera),
                _ => !off.Contains(camera),
            });
        }
    }

    [Fact]
    public void Events_come_soon_enough_to_be_watched()
    {
        var first = Told.First(t => t.Type == "event").At - Start;

        Assert.InRange(first, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange((Told[^1].At - Start) / Count, TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(10));
    }

    private static List<(DateTimeOffset At, string Type, JsonElement Payload)> Tell(ulong seed) =>
        [.. SampleHousehold.Events(seed, Start).Take(Count).Select(t => (t.Event.Timestamp!.Value, t.Event.Type!, t.Event.Payload!.Value.ToElement()))];

    private static IEnumerable<(DateTimeOffset At, string Type, JsonElement Payload)> Of(string type) => Told.Where(t => t.Type == type);

    private static string[] Strings(string type, string member) =>
        [.. Of(type).Select(t => t.Payload.GetProperty(member).GetString()!).Distinct().Order(StringComparer.Ordinal)];

    private static string IdOf(JsonElement payload) => payload.GetProperty("id").GetString()!;

    private static double Share<T>(List<T> items, Func<T, bool> predicate) => (double)items.Count(predicate) / items.Count;

    private static string Text((TimeSpan Delay, PublishEvent Event) told) => $"{told.Delay} {told.Event.Type} {told.Event.Payload}";
}
