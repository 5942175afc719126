using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli;

/// <summary>The events of a job's life, as they are published and recognised.</summary>
internal static class JobEvents
{
    private const string Log = "log";

    public static bool IsLog(string type) => type is Log or "job.log";

    /// <summary>The final state that an event of this type says, if it does.</summary>
    public static string? FinalState(string type) => type switch
    {
        "job.completed" => JobStates.Completed,
        "job.failed" => JobStates.Failed,
        "job.cancelled" => JobStates.Cancelled,
        _ => null,
    };

    public static PublishEvent Line(DateTimeOffset now, string level, string message, JsonObject context) => Event(
        Log, now, new() { ["timestamp"] = Time(now), ["level"] = level, ["message"] = message, ["context"] = context });

    public static PublishEvent Started(string jobId, string jobType, DateTimeOffset now) => Event(
        "job.started", now, new() { ["job_id"] = jobId, ["job_type"] = jobType, ["started_at"] = Time(now) });

    public static PublishEvent Completed(string jobId, DateTimeOffset now, long durationMs) => Event(
        "job.completed",
        now,
        new() { ["job_id"] = jobId, ["completed_at"] = Time(now), ["exit_code"] = 0, ["duration_ms"] = durationMs });

    public static PublishEvent Failed(string jobId, DateTimeOffset now, int exitCode) => Event(
        "job.failed",
        now,
        new() { ["job_id"] = jobId, ["error"] = $"The command exited with {exitCode}.", ["failed_at"] = Time(now), ["exit_code"] = exitCode });

    public static PublishEvent Cancelled(string jobId, DateTimeOffset now) =>
        Event("job.cancelled", now, new() { ["job_id"] = jobId, ["cancelled_at"] = Time(now) });

    private static string Time(DateTimeOffset now) => UtcTimestampConverter.ToText(now);

    private static PublishEvent Event(string type, DateTimeOffset now, JsonObject payload) => new()
    {
        Type = type,
        Timestamp = now,
        EventId = Guid.CreateVersion7(now).ToString("N"),
        Payload = JsonPayload.FromValidUtf8(JsonSerializer.SerializeToUtf8Bytes(payload, RealtimeJson.Options)),
    };
}
