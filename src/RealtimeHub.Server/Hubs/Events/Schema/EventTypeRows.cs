using static RealtimeHub.Server.Hubs.Events.Schema.Field;

namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>The table of event types.</summary>
/// <remarks>
/// The sources disagree about what is required. Here a member is required when the event registry lists it, when a
/// documented refusal needs it, or when a documented frame has no other source for it; what only repeats the envelope
/// (a second timestamp, a second id) is optional. Members that the registry lists and the payload schemas let be null
/// (<c>previous_status</c> and its like) may be left out by publishers and are delivered as null.
/// A risk level that contradicts its score is accepted as given: the analysis that sets both knows more than the bands.
/// </remarks>
internal static class EventTypeRows
{
    private static readonly FieldRule CameraId = Name("camera_id");
    private static readonly FieldRule Score = Whole("risk_score", 0, SeverityBands.MaxScore).Nullable();
    private static readonly FieldRule Level = Severity("risk_level");
    private static readonly FieldRule Confidence = Number("confidence", 0, 1);
    private static readonly FieldRule OptionalReason = Text("reason").Optional();
    private static readonly FieldRule Happened = Timestamp("timestamp");
    private static readonly FieldRule OptionalHappened = Happened.Optional();

    // Detections place boxes relative to the picture; tracks, zones and recognitions in pixels.
    private static readonly FieldRule RelativeBox = Box(0, 1).Optional();
    private static readonly FieldRule PixelBox = Box(null, null);
    private static readonly FieldRule OptionalPixelBox = PixelBox.Optional();

    private static readonly FieldRule CameraState = Choice("status", "online", "offline", "error", "unknown");
    private static readonly FieldRule PreviousCameraState = CameraState with { Name = "previous_status", Presence = Presence.NullWhenAbsent };

    private static readonly FieldRule ServiceState = Choice(
        "status", "healthy", "unhealthy", "running", "stopped", "crashed", "disabled", "restarting", "restart_failed", "failed", "degraded", "unknown");

    private static readonly FieldRule Health = Choice("health", "healthy", "degraded", "unhealthy");
    private static readonly FieldRule WorkerKind = Choice("worker_type", "detection", "analysis", "timeout", "metrics");
    private static readonly FieldRule WorkerState = Choice("previous_state", "stopped", "starting", "running", "stopping", "error");
    private static readonly FieldRule Firing = Choice("status", "firing", "resolved");

    private static readonly FieldRule[] GpuMembers =
    [
        Number("utilization", 0, 100).NullWhenAbsent(), Whole("memory_used", 0).NullWhenAbsent(), Whole("memory_total", 0).NullWhenAbsent(),
        Number("temperature").NullWhenAbsent(), Number("inference_fps", 0).Optional(),
    ];

    private static readonly FieldRule[] DetectionMembers =
    [
        Id("detection_id"), Name("label"), Confidence, CameraId, Id("batch_id").Optional(), Id("event_id").Optional(), RelativeBox, OptionalHappened,
    ];

    private static readonly FieldRule[] AlertMembers =
    [
        Id("event_id").Optional(), Id("rule_id").Optional(), Severity("severity").Optional(), AlertState().Optional(),
        Text("dedup_key").Optional(), Timestamp("created_at").Optional(), OptionalReason,
    ];

    /// <summary>Every type; spellings with underscores mean the same.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        // Security events.
        new("event", "events", null,
        [
            Id("id"), Id("event_id"), Id("batch_id"), CameraId, Score, Level, Text("summary"), Text("reasoning"),
            Timestamp("started_at").Optional(), Flag("notify").Optional(),
        ]),
        new("event.created", "events", null, [Id("id"), CameraId, Score, Level, Text("summary"), Text("reasoning").Optional(), Timestamp("started_at").Optional()]),
        new("event.updated", "events", null,
            [Id("id"), List("updated_fields", Name("")), Score.Optional(), Level.Optional(), Timestamp("updated_at").Optional()]),
        new("event.deleted", "events", null, [Id("id"), Text("reason").NullWhenAbsent()]),
        new("event.escalated", "events", null,
        [
            Id("event_id"), Whole("sequence", 1), Name("consumer").NullWhenAbsent(), Name("user").NullWhenAbsent(), Whole("attempts", 0),
            Choice("reason", "unacknowledged", "expired"), Level.Optional(), CameraId.Optional(),
        ]) { IsServerOnly = true },
        new("scene_change.detected", "events", null,
        [
            Id("id"), CameraId, Choice("change_type", "view_blocked", "angle_changed", "view_tampered", "unknown"), Number("similarity_score", 0, 1),
            Timestamp("detected_at").Optional(),
        ]) { Aliases = ["scene_change"] },
        new("scene_change.acknowledged", "events", null, [Id("id"), CameraId, Flag("acknowledged"), Timestamp("acknowledged_at")]),
        new("summary.update", "events", Key("summary"), [Summary("hourly"), Summary("daily")], [["hourly", "daily"]]),

        // Alerts. The documented frames of later states carry updated_at where the registry wants the time of the state.
        new("alert.created", "alerts", Key("alert", "id"),
        [
            Id("id"), Id("event_id"), Severity("severity"), AlertState(), Text("dedup_key"), Timestamp("created_at"),
            Timestamp("updated_at").Optional(), Id("rule_id").Optional(),
        ]),
        new("alert.updated", "alerts", Key("alert", "id"), [Id("id"), Timestamp("updated_at"), List("updated_fields", Name("")).Optional(), .. AlertMembers]),
        new("alert.deleted", "alerts", Key("alert", "id"), [Id("id"), OptionalReason]),
        AlertStep("alert.acknowledged", "acknowledged_at"),
        AlertStep("alert.resolved", "resolved_at"),
        AlertStep("alert.dismissed", "dismissed_at"),
        new("prometheus.alert", "alerts", Key("prometheus", "fingerprint"),
        [
            Name("fingerprint"), Firing, Name("alertname"), Name("severity"), Timestamp("starts_at"), Timestamp("ends_at").Optional(),
            Timestamp("received_at").Optional(), Object("labels").Optional(), Object("annotations").Optional(),
        ]),
        new("infrastructure.alert", "alerts", Key("infrastructure", "fingerprint"),
        [
            Name("alertname"), Firing, Choice("severity", "info", "warning", "high", "critical"), Name("component"), Text("summary"),
            Timestamp("started_at"), Name("fingerprint"), Text("description").Optional(), Name("receiver").Optional(),
        ]),

        // Cameras. What tells whether a camera can see shares a key; its configuration and its switch have their own.
        new("camera.online", "cameras", Key("camera", "camera_id"), [CameraId, Name("camera_name"), Happened]),
        new("camera.offline", "cameras", Key("camera", "camera_id"), [CameraId, Name("camera_name"), Happened, OptionalReason]),
        new("camera.error", "cameras", Key("camera", "camera_id"),
            [CameraId, Text("error"), Happened, Name("camera_name").Optional(), Name("error_code").Optional()]),
        new("camera.status", "cameras", Key("camera", "camera_id"),
        [
            Choice("event_type", "camera.online", "camera.offline", "camera.error", "camera.updated"), CameraId, Name("camera_name"), CameraState,
            Happened, PreviousCameraState.Optional(), OptionalReason, Object("details").Optional(),
        ]),
        new("camera.status_changed", "cameras", Key("camera", "camera_id"),
        [
            CameraId, CameraState, PreviousCameraState, Name("camera_name").Optional(), OptionalHappened, Timestamp("last_seen_at").Optional(),
            OptionalReason, Object("details").Optional(),
        ]),
        new("camera.enabled", "cameras", Key("camera-switch", "camera_id"), [CameraId, Timestamp("enabled_at")]),
        new("camera.disabled", "cameras", Key("camera-switch", "camera_id"), [CameraId, Timestamp("disabled_at"), OptionalReason]),
        new("camera.config_updated", "cameras", Key("camera-config", "camera_id"),
            [CameraId, List("updated_fields", Name("")), Timestamp("updated_at").Optional()]),

        // Detections and their batches.
        new("detection.new", "detections", null, DetectionMembers),
        new("detection.batch", "detections", null,
        [
            Id("batch_id"), CameraId, List("detections", Object("", DetectionMembers)).Optional(), List("detection_ids", Id("")).Optional(),
            Whole("detection_count", 0).Optional(), Timestamp("started_at").Optional(), Timestamp("closed_at").Optional(),
            Timestamp("frame_timestamp").Optional(), Whole("frame_count", 0).Optional(), Choice("close_reason", "timeout", "idle", "max_size").Optional(),
        ], [["detections", "detection_ids"]]),
        new("batch.analysis_started", "detections", Key("batch", "batch_id"),
            [Id("batch_id"), CameraId, Whole("detection_count", 0), Timestamp("started_at"), Whole("queue_position", 0).Optional()]),
        new("batch.analysis_completed", "detections", Key("batch", "batch_id"),
            [Id("batch_id"), CameraId, Id("event_id"), Score, Level, Number("duration_ms", 0), Timestamp("completed_at")]),
        new("batch.analysis_failed", "detections", Key("batch", "batch_id"),
        [
            Id("batch_id"), CameraId, Text("error"), Choice("error_type", "timeout", "connection", "validation", "processing"), Flag("retryable"),
            Timestamp("failed_at"),
        ]),

        // Enrichment of batches.
        new("enrichment.started", "enrichment", Key("enrichment", "batch_id"), [Id("batch_id"), CameraId, Whole("detection_count", 0), Happened]),
        new("enrichment.progress", "enrichment", Key("enrichment", "batch_id"),
            [Id("batch_id"), Number("progress", 0, 100), Any("current_step"), Whole("total_steps", 0)]),
        new("enrichment.completed", "enrichment", Key("enrichment", "batch_id"),
            [Id("batch_id"), Name("status"), Whole("enriched_count", 0), Number("duration_ms", 0)]),
        new("enrichment.failed", "enrichment", Key("enrichment", "batch_id"), [Id("batch_id"), Text("error"), Name("error_type"), Happened]),

        // Zones, entities and recognitions.
        new("zone.crossing", "zones", null, [.. ZoneMembers(), Name("direction"), OptionalPixelBox]),
        new("zone.dwell_started", "zones", null, ZoneMembers()),
        new("zone.dwell_alert", "zones", null, [.. ZoneMembers(), Number("dwell_duration_seconds", 0), Whole("threshold_seconds", 1)]),
        new("zone.approach", "zones", null, [.. ZoneMembers(), Name("direction"), Number("speed", 0), Number("eta_seconds", 0).Optional()]),
        new("entity.matched", "entities", null,
            [Id("entity_id"), Id("matched_entity_id"), Number("similarity_score", 0, 1), CameraId, Happened, Name("match_type").Optional()]),
        new("entity.track_updated", "entities", Key("track", "entity_id"),
            [Id("entity_id"), CameraId, Happened, Point("position"), PixelBox, Point("velocity").Optional()]),
        new("ai.threat_detected", "ai", null,
            [Id("detection_id"), CameraId, Happened, Name("threat_type"), Severity("severity"), Confidence, OptionalPixelBox]),
        new("ai.action_recognized", "ai", null, [Id("detection_id"), CameraId, Happened, Name("action_type"), Confidence, OptionalPixelBox]),

        // Jobs.
        new("job.pending", "jobs", Key("job", "job_id"), [Id("job_id"), Name("job_type").Optional(), Object("metadata").Optional()]),
        new("job.started", "jobs", Key("job", "job_id"),
            [Id("job_id"), Name("job_type"), Timestamp("started_at"), Number("estimated_duration", 0).Optional(), Object("metadata").Optional()]),
        new("job.progress", "jobs", Key("job", "job_id"),
        [
            Id("job_id"), Number("progress", 0, 100), Choice("status", "pending", "running", "completed", "failed", "cancelled"),
            Name("job_type").Optional(), Text("message").Optional(),
        ]),
        new("job.completed", "jobs", Key("job", "job_id"),
            [Id("job_id"), Timestamp("completed_at"), Name("job_type").Optional(), Any("result").Optional(), Number("duration_seconds", 0).Optional()]),
        new("job.failed", "jobs", Key("job", "job_id"),
        [
            Id("job_id"), Text("error"), Timestamp("failed_at"), Name("job_type").Optional(), Name("error_code").Optional(),
            Flag("retryable").Optional(),
        ]),
        new("job.cancelled", "jobs", Key("job", "job_id"), [Id("job_id"), Timestamp("cancelled_at"), Name("job_type").Optional(), OptionalReason]),
        new("job.log", "jobs", null,
        [
            Choice("level", "debug", "info", "warning", "error", "critical"), Text("message"), OptionalHappened, Id("job_id").Optional(),
            Any("context").Optional(),
        ]) { Aliases = ["log"] },

        // The system and its services.
        new("system.health_changed", "system", Key("system-health"),
            [Health, Health with { Name = "previous_health", Presence = Presence.NullWhenAbsent }, Object("components"), OptionalHappened]),
        new("system.error", "system", null, [Name("error"), Text("message"), Happened, Object("details").Optional(), Flag("recoverable").Optional()]),
        new("system.status", "system", Key("system-status"),
        [
            Object("gpu", GpuMembers).Nullable(),
            Object("cameras", Whole("active", 0), Whole("total", 0)),
            Object("queue", Whole("pending", 0), Whole("processing", 0)),
            Health, Object("ai").Optional(), OptionalHappened,
        ]),
        new("service.status", "system", Key("service", "service", "name"),
        [
            Name("service").Optional(), Name("name").Optional(), ServiceState, Text("message").Optional(), Number("latency_ms", 0).Optional(),
            Name("circuit_state").Optional(), OptionalHappened,
        ], [["service", "name"]]),
        new("service.status_changed", "system", Key("service", "service"),
        [
            Name("service"), ServiceState, ServiceState with { Name = "previous_status", Presence = Presence.NullWhenAbsent },
            Text("message").Optional(), OptionalHappened,
        ]),
        new("gpu.stats_updated", "system", Key("gpu"), [.. GpuMembers, OptionalHappened]),
        new("queue.status", "system", Key("queue"), [Any("queues"), Whole("total_queued", 0), Whole("total_processing", 0), Name("overall_status")]),
        new("pipeline.throughput", "system", Key("throughput"), [Number("detections_per_minute", 0), Number("events_per_minute", 0), Happened]),

        // Workers.
        Worker("worker.started", Object("metadata").Optional()),
        Worker("worker.stopped", Text("reason").NullWhenAbsent(), Whole("items_processed", 0).Optional()),
        Worker("worker.health_check_failed", Text("error"), Whole("failure_count", 0), Name("error_type").Optional()),
        Worker("worker.restarting", Whole("attempt", 1), Whole("max_attempts", 0).NullWhenAbsent(), OptionalReason),
        Worker("worker.recovered", WorkerState, Number("recovery_duration_ms", 0).Optional()),
        Worker("worker.error", Text("error"), Name("error_type").NullWhenAbsent(), Object("details").Optional(), Flag("recoverable").Optional()),
        Worker("worker.status",
            Choice("event_type", "worker.started", "worker.stopped", "worker.health_check_failed", "worker.restarting", "worker.recovered", "worker.error"),
            Text("error").Optional(), Name("error_type").Optional(), Whole("failure_count", 0).Optional(), Whole("items_processed", 0).Optional(),
            OptionalReason, WorkerState.Optional(), Whole("attempt", 1).Optional(), Whole("max_attempts", 0).Optional(), Object("metadata").Optional()),
    ];

    private static ConflationRule Key(string thing, params string[] members) => new(thing, members);

    private static FieldRule Severity(string name) => Choice(name, [.. SeverityBands.Levels]);

    private static FieldRule AlertState() => Choice("status", "pending", "delivered", "acknowledged", "dismissed");

    private static FieldRule Box(double? min, double? max) =>
        Object("bbox", Number("x", min, max), Number("y", min, max), Number("width", min ?? 0, max), Number("height", min ?? 0, max));

    private static FieldRule Point(string name) => Object(name, Number("x"), Number("y"));

    private static FieldRule Summary(string name) => Object(
        name, Id("id"), Text("content"), Whole("event_count", 0), Timestamp("window_start"), Timestamp("window_end"),
        Timestamp("generated_at").Optional()).Optional();

    private static FieldRule[] ZoneMembers() =>
        [Id("zone_id"), Id("entity_id"), CameraId, Happened, Text("zone_name").Optional(), Name("entity_type").Optional()];

    private static EventType AlertStep(string name, string at) => new(
        name, "alerts", Key("alert", "id"),
        [Id("id"), Timestamp(at).Optional(), Timestamp("updated_at").Optional(), Text("resolution_notes").Optional(), .. AlertMembers],
        [[at, "updated_at"]]);

    private static EventType Worker(string name, params FieldRule[] more) =>
        new(name, "workers", Key("worker", "worker_name"), [Name("worker_name"), WorkerKind, Happened, .. more]);
}
