using System.Text.Json;

namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>The tags that are derived from a payload.</summary>
internal static class EventTags
{
    public const string Channel = "channel";

    // Severity is what alerts call risk_level; with both under one tag, one filter fits events and alerts alike.
    private static readonly (string Tag, string[] Members)[] Sources =
    [
        ("camera_id", ["camera_id"]),
        ("severity", ["severity", "risk_level"]),
        ("risk_level", ["risk_level"]),
        ("risk_score", ["risk_score"]),
        ("label", ["label"]),
        ("zone_id", ["zone_id"]),
        ("entity_id", ["entity_id"]),
        ("job_id", ["job_id"]),
        ("service", ["service"]),
        ("worker_name", ["worker_name"]),
    ];

    /// <summary>The tags of an event with this payload, as it was normalised.</summary>
    public static Dictionary<string, string> Of(EventType type, JsonElement payload)
    {
        var tags = new Dictionary<string, string>(4, StringComparer.Ordinal) { [Channel] = type.ChannelTag };
        foreach (var (tag, members) in Sources)
        {
            if (PayloadText.First(payload, members) is { } value)
            {
                tags[tag] = value;
            }
        }

        // The documented frames call a service service or name; only there does a name mean a service.
        if (type.Shape.Alternatives.Any(names => names.Contains("service")) && PayloadText.First(payload, "service", "name") is { } service)
        {
            tags["service"] = service;
        }

        return tags;
    }
}
