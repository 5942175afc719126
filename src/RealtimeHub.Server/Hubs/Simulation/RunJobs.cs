using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Hubs.Jobs;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>Tells the jobs hub of runs: each is a job with its states and its log. Thread-safe.</summary>
internal sealed class RunJobs(IChannelStore store, JobTable jobs, TimeProvider clock)
{
    private const string JobType = "simulation";

    private readonly JobsFamily _family = new(jobs);

    public Task StartedAsync(string runId, string owner, JsonObject metadata) => PublishAsync(
        runId, owner, "job.started", new() { ["job_id"] = runId, ["job_type"] = JobType, ["started_at"] = Now(), ["metadata"] = metadata });

    public Task ProgressAsync(string runId, string owner, double percent, string message) => PublishAsync(
        runId, owner, "job.progress", new() { ["job_id"] = runId, ["progress"] = percent, ["status"] = "running", ["message"] = message });

    public Task LogAsync(string runId, string owner, string message) => PublishAsync(
        runId, owner, "job.log", new() { ["timestamp"] = Now(), ["level"] = "info", ["message"] = message });

    public Task CompletedAsync(string runId, string owner, string checksum, long steps) => PublishAsync(
        runId, owner, "job.completed", new() { ["job_id"] = runId, ["completed_at"] = Now(), ["result"] = new JsonObject { ["checksum"] = checksum, ["steps"] = steps } });

    public Task CancelledAsync(string runId, string owner, string reason) => PublishAsync(
        runId, owner, "job.cancelled", new() { ["job_id"] = runId, ["cancelled_at"] = Now(), ["reason"] = reason });

    public Task FailedAsync(string runId, string owner, string error) => PublishAsync(
        runId, owner, "job.failed", new() { ["job_id"] = runId, ["error"] = error, ["failed_at"] = Now() });

    private string Now() => UtcTimestampConverter.ToText(clock.GetUtcNow());

    private async Task PublishAsync(string runId, string owner, string type, JsonObject payload)
    {
        var channel = ChannelName.Parse($"{_family.Name}:{runId}");
        var errors = new List<FieldError>();
        var now = clock.GetUtcNow();
        var source = new PublishEvent { Type = type, Payload = JsonPayload.FromValidUtf8(JsonSerializer.SerializeToUtf8Bytes(payload, RealtimeJson.Options)) };
        var envelope = _family.Prepare(channel, source, new EnvelopeDefaults(Guid.CreateVersion7(now).ToString("N"), now), errors)
            ?? throw new InvalidOperationException(string.Join("; ", errors.Select(e => $"{e.Field}: {e.Message}")));
        var result = await store.AppendAsync(new AppendRequest(channel, [envelope]) { EndsChannel = _family.EndsChannel(envelope) });
        if (result.Status == AppendStatus.Done)
        {
            jobs.Apply(channel, owner, [envelope]);
        }
    }
}
