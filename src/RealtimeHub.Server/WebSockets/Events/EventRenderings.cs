using System.Collections.Frozen;
using System.Text.Json;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Server.Hubs.Events.Schema;

namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>Frames of events and job logs as the home-security system spells them. Pure.</summary>
internal static class EventRenderings
{
    // The documented frames have underscores for dots; what is in no document keeps its dotted name.
    private static readonly FrozenDictionary<string, string> WireTypes = new[]
    {
        "alert.created", "alert.updated", "alert.deleted", "alert.acknowledged", "alert.dismissed", "alert.resolved", "camera.status", "service.status",
        "worker.status", "job.progress", "job.completed", "job.failed", "infrastructure.alert", "summary.update", "system.status",
    }.ToDictionary(t => t, t => t.Replace('.', '_')).Append(new("scene_change.detected", "scene_change")).Append(new("job.log", "log")).ToFrozenDictionary();

    /// <summary>A security event, alert, detection or the like.</summary>
    public static EventRendering Event(Frame frame)
    {
        var envelope = frame.Envelope!;
        return Of(envelope, WireTypes.GetValueOrDefault(envelope.Type, envelope.Type), envelope.Payload.Utf8.Span);
    }

    /// <summary>A line of a job's log.</summary>
    public static EventRendering Log(Frame frame)
    {
        var envelope = frame.Envelope!;
        var line = envelope.Payload.ToElement();
        var data = DialectJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", DialectJson.Text(line, "timestamp") ?? DialectJson.Iso(envelope.Timestamp));
            writer.WriteString("level", DialectJson.Text(line, "level")?.ToUpperInvariant());
            writer.WriteString("message", DialectJson.Text(line, "message"));
            writer.WritePropertyName("context");
            if (line.TryGetProperty("context", out var context) && context.ValueKind is not JsonValueKind.Null)
            {
                context.WriteTo(writer);
            }
            else
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        });
        return Of(envelope, "log", data);
    }

    public static EventRendering Of(FrameEnvelope envelope, string type, ReadOnlySpan<byte> data)
    {
        var payload = data.ToArray();
        var channel = envelope.Tags?.GetValueOrDefault(EventTags.Channel);
        var json = DialectJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WritePropertyName("data");
            writer.WriteRawValue(payload, skipInputValidation: true);
            writer.WriteString("timestamp", DialectJson.Iso(envelope.Timestamp));
            if (envelope.CorrelationId is { } correlation)
            {
                writer.WriteString("correlation_id", correlation);
            }

            if (channel is not null)
            {
                writer.WriteString("channel", channel);
            }

            writer.WriteNumber("sequence", envelope.Sequence);
            writer.WriteBoolean("requires_ack", envelope.RequiresAck);
            writer.WriteEndObject();
        });
        return new EventRendering(json[..^1], channel);
    }
}
