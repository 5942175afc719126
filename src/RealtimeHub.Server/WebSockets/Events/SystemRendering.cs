using System.Text.Json;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Hubs.Events;

namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>The status of a node as the home-security system spells it: its own processors, and what the newest events say of cameras and queues. Thread-safe.</summary>
internal sealed class SystemRendering(ChannelDirectory directory)
{
    private const int MaxEvents = 1_000;
    private const double BytesPerMebibyte = 1 << 20;

    public EventRendering Status(Frame frame)
    {
        var envelope = frame.Envelope!;
        var status = envelope.Payload.To(RealtimeJsonContext.Default.SystemStatus)!;
        var (active, total, queue) = Look();
        var data = DialectJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("gpu");
            var gpu = status.Gpu is [{ } first, ..] ? first : null;
            Number(writer, "utilization", gpu?.UtilizationPercent);
            Number(writer, "memory_used", gpu?.MemoryUsedBytes / BytesPerMebibyte);
            Number(writer, "memory_total", gpu?.MemoryTotalBytes / BytesPerMebibyte);
            Number(writer, "temperature", gpu?.TemperatureCelsius);
            Number(writer, "inference_fps", null);
            writer.WriteEndObject();
            writer.WriteStartObject("cameras");
            writer.WriteNumber("active", active);
            writer.WriteNumber("total", total);
            writer.WriteEndObject();
            writer.WriteStartObject("queue");
            writer.WriteNumber("pending", queue.Pending);
            writer.WriteNumber("processing", queue.Processing);
            writer.WriteEndObject();
            writer.WriteString("health", status.Health);
            writer.WriteEndObject();
        });
        return EventRenderings.Of(envelope, "system_status", data);
    }

    private static void Number(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, Math.Round(number, 2));
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    // Once per status, whoever reads it: the newest word on each camera, and on the queues.
    private (int Active, int Total, (long Pending, long Processing) Queue) Look()
    {
        if (!directory.TryGet(EventsFamily.Channel, out var events))
        {
            return default;
        }

        var cameras = new Dictionary<string, bool>(StringComparer.Ordinal);
        (long, long)? queue = null;
        foreach (var frame in events.ReadHistory(long.MaxValue, MaxEvents, isDescending: true))
        {
            if (frame.Type.StartsWith("camera.", StringComparison.Ordinal) && Camera(frame) is { } camera)
            {
                cameras.TryAdd(camera.Id, camera.IsActive);
            }
            else if (queue is null && frame.Type is "queue.status" && frame.Payload.ToElement() is var counts)
            {
                queue = (Whole(counts, "total_queued"), Whole(counts, "total_processing"));
            }
        }

        return (cameras.Count(c => c.Value), cameras.Count, queue ?? default);
    }

    private static (string Id, bool IsActive)? Camera(FrameEnvelope frame)
    {
        var payload = frame.Payload.ToElement();
        if (DialectJson.Text(payload, "camera_id") is not { } id)
        {
            return null;
        }

        return frame.Type switch
        {
            "camera.online" => (id, true),
            "camera.offline" or "camera.error" => (id, false),
            "camera.status" or "camera.status_changed" => (id, DialectJson.Text(payload, "status") == "online"),
            _ => null,
        };
    }

    private static long Whole(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : 0;
}
