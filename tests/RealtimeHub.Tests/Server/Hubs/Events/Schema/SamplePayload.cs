using System.Text.Json.Nodes;
using RealtimeHub.Server.Hubs.Events.Schema;

namespace RealtimeHub.Tests.Server.Hubs.Events.Schema;

/// <summary>Builds payloads from the rows of the event table.</summary>
internal static class SamplePayload
{
    /// <summary>The least payload that the type accepts.</summary>
    public static JsonObject Minimal(EventType type)
    {
        var payload = Minimal(type.Shape);
        foreach (var names in type.Shape.Alternatives)
        {
            payload[names[0]] = Value(type.Shape.Fields.Single(f => f.Name == names[0]));
        }

        return payload;
    }

    /// <summary>A payload with every member that the row knows.</summary>
    public static JsonObject Full(EventType type) => Members(type.Shape.Fields);

    public static JsonNode Value(FieldRule field) => field.Kind switch
    {
        FieldKind.Id => 1,
        FieldKind.Name or FieldKind.Text => "some text",
        FieldKind.Choice => field.Words[0].ToUpperInvariant(),
        FieldKind.Timestamp => "2026-02-01T12:00:00Z",
        FieldKind.Whole or FieldKind.Number => field.Max ?? field.Min ?? 0,
        FieldKind.Flag => true,
        FieldKind.Object => field.Members is null ? new JsonObject() : Members(field.Members.Fields),
        FieldKind.List => new JsonArray(Value(field.Item!)),
        _ => "anything",
    };

    private static JsonObject Minimal(PayloadShape shape) => Members(shape.Fields.Where(f => f.Presence is Presence.Required or Presence.Nullable));

    private static JsonObject Members(IEnumerable<FieldRule> fields)
    {
        var payload = new JsonObject();
        foreach (var field in fields)
        {
            payload[field.Name] = Value(field);
        }

        return payload;
    }
}
