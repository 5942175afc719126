using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

/// <summary>Writes down what happened as publishable events.</summary>
internal static class SamplePayloads
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The batch's newest detection.</summary>
    public static PublishEvent Detection(SampleBatch batch, double confidence, SampleBox box, DateTimeOffset at) =>
        Event("detection.new", at, batch.Id, new JsonObject
        {
            ["detection_id"] = batch.DetectionIds[^1],
            ["batch_id"] = batch.Id,
            ["camera_id"] = batch.Camera.Id,
            ["label"] = batch.LastLabel,
            ["confidence"] = confidence,
            ["bbox"] = new JsonObject { ["x"] = box.X, ["y"] = box.Y, ["width"] = box.Width, ["height"] = box.Height },
            ["timestamp"] = Text(at),
        });

    public static PublishEvent BatchClosed(SampleBatch batch, string reason, DateTimeOffset at) =>
        Event("detection.batch", at, batch.Id, new JsonObject
        {
            ["batch_id"] = batch.Id,
            ["camera_id"] = batch.Camera.Id,
            ["detection_ids"] = new JsonArray([.. batch.DetectionIds.Select(id => (JsonNode)id)]),
            ["detection_count"] = batch.DetectionIds.Count,
            ["started_at"] = Text(batch.StartedAt),
            ["closed_at"] = Text(at),
            ["close_reason"] = reason,
        });

    public static PublishEvent AnalysisStarted(SampleBatch batch, DateTimeOffset at) =>
        Event("batch.analysis_started", at, batch.Id, new JsonObject
        {
            ["batch_id"] = batch.Id,
            ["camera_id"] = batch.Camera.Id,
            ["detection_count"] = batch.DetectionIds.Count,
            ["started_at"] = Text(at),
        });

    public static PublishEvent AnalysisCompleted(SampleBatch batch, SampleFinding finding, TimeSpan duration, DateTimeOffset at) =>
        Event("batch.analysis_completed", at, batch.Id, new JsonObject
        {
            ["batch_id"] = batch.Id,
            ["camera_id"] = batch.Camera.Id,
            ["event_id"] = finding.EventId,
            ["risk_score"] = finding.Score,
            ["risk_level"] = finding.Level,
            ["duration_ms"] = (long)duration.TotalMilliseconds,
            ["completed_at"] = Text(at),
        });

    public static PublishEvent SecurityEvent(SampleBatch batch, SampleFinding finding, DateTimeOffset at) =>
        Event("event", at, batch.Id, new JsonObject
        {
            ["id"] = finding.EventId,
            ["event_id"] = finding.EventId,
            ["batch_id"] = batch.Id,
            ["camera_id"] = batch.Camera.Id,
            ["risk_score"] = finding.Score,
            ["risk_level"] = finding.Level,
            ["summary"] = finding.Summary,
            ["reasoning"] = finding.Reasoning,
            ["started_at"] = Text(batch.StartedAt),
        });

    public static PublishEvent AlertCreated(Guid id, SampleBatch batch, SampleFinding finding, DateTimeOffset at) =>
        Event("alert.created", at, batch.Id, new JsonObject
        {
            ["id"] = id.ToString(),
            ["event_id"] = finding.EventId,
            ["severity"] = finding.Level,
            ["status"] = "pending",
            ["dedup_key"] = $"{batch.Camera.Id}:{batch.Labels[0]}:{finding.Level}",
            ["created_at"] = Text(at),
            ["updated_at"] = Text(at),
        });

    /// <summary>What became of an alert.</summary>
    /// <param name="type">The event type.</param>
    /// <param name="member">The member that holds the time.</param>
    /// <param name="id">The alert.</param>
    /// <param name="finding">What it is about.</param>
    /// <param name="at">When.</param>
    public static PublishEvent AlertStep(string type, string member, Guid id, SampleFinding finding, DateTimeOffset at) =>
        Event(type, at, null, new JsonObject { ["id"] = id.ToString(), ["event_id"] = finding.EventId, [member] = Text(at) });

    public static PublishEvent CameraOffline(SampleCamera camera, string reason, DateTimeOffset at) =>
        Event("camera.offline", at, null, new JsonObject
        {
            ["camera_id"] = camera.Id,
            ["camera_name"] = camera.Name,
            ["timestamp"] = Text(at),
            ["reason"] = reason,
        });

    public static PublishEvent CameraOnline(SampleCamera camera, DateTimeOffset at) =>
        Event("camera.online", at, null, new JsonObject { ["camera_id"] = camera.Id, ["camera_name"] = camera.Name, ["timestamp"] = Text(at) });

    public static PublishEvent SceneChange(int id, SampleCamera camera, string change, double similarity, DateTimeOffset at) =>
        Event("scene_change.detected", at, null, new JsonObject
        {
            ["id"] = id,
            ["camera_id"] = camera.Id,
            ["detected_at"] = Text(at),
            ["change_type"] = change,
            ["similarity_score"] = similarity,
        });

    public static PublishEvent SceneChangeAcknowledged(int id, SampleCamera camera, DateTimeOffset at) =>
        Event("scene_change.acknowledged", at, null, new JsonObject
        {
            ["id"] = id,
            ["camera_id"] = camera.Id,
            ["acknowledged"] = true,
            ["acknowledged_at"] = Text(at),
        });

    private static PublishEvent Event(string type, DateTimeOffset at, string? correlationId, JsonObject payload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            payload.WriteTo(writer);
        }

        return new PublishEvent
        {
            Type = type,
            Payload = JsonPayload.FromValidUtf8(buffer.WrittenMemory),
            Timestamp = at,
            CorrelationId = correlationId,
        };
    }

    private static string Text(DateTimeOffset at) => UtcTimestampConverter.ToText(at);
}
