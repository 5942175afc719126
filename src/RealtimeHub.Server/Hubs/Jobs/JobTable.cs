using System.Text.Json;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Server.Hubs.Jobs;

/// <summary>The newest state of every job, folded from the jobs' own channels and told on the channel <c>jobs</c>.</summary>
/// <remarks>Thread-safe. Remembers 10,000 jobs; the oldest that have ended are forgotten first.</remarks>
internal sealed class JobTable(IChannelStore store, TimeProvider clock)
{
    private const int MaxJobs = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, JobStatus> _jobs = new(StringComparer.Ordinal);
    private readonly LinkedList<string> _order = new();

    public JobStatus? Find(string jobId)
    {
        lock (_gate)
        {
            return _jobs.GetValueOrDefault(jobId);
        }
    }

    /// <summary>Jobs, newest first.</summary>
    public IReadOnlyList<JobStatus> List(string? state, int limit)
    {
        lock (_gate)
        {
            return [.. _order.Select(id => _jobs[id]).Where(j => state is null || j.State == state).Take(limit)];
        }
    }

    /// <summary>Takes what was appended to a job's channel into account.</summary>
    public void Apply(ChannelName channel, string owner, IReadOnlyList<Envelope> envelopes)
    {
        lock (_gate)
        {
            var id = channel.Id.ToString();
            var before = _jobs.GetValueOrDefault(id);
            var after = envelopes.Aggregate(
                before ?? new JobStatus { JobId = id, State = JobStates.Pending, Channel = channel.Value, Owner = owner }, Fold);
            if (before is null)
            {
                _order.AddFirst(id);
                ForgetOldest();
            }

            _jobs[id] = after;
            if (before != after)
            {
                // Within the lock, so that the channel tells the states of one job in their order; the store never waits here.
                Announce(after);
            }
        }
    }

    /// <summary>Takes up what any node has told of a job. What was told last counts, but a job neither goes back nor goes on after its end.</summary>
    public void Learn(JobStatus told)
    {
        lock (_gate)
        {
            if (!_jobs.TryGetValue(told.JobId, out var known))
            {
                _order.AddFirst(told.JobId);
                ForgetOldest();
                _jobs[told.JobId] = told;
            }
            else if (!JobStates.IsFinal(known.State))
            {
                _jobs[told.JobId] = JobStates.IsFinal(told.State) || told.Progress >= known.Progress
                    ? told with { StartedAt = known.StartedAt ?? told.StartedAt }
                    : known;
            }
        }
    }

    // A job that says nothing of its state but logs is at work.
    private static JobStatus Fold(JobStatus job, Envelope envelope)
    {
        if (JobStates.IsFinal(job.State))
        {
            return job;
        }

        var payload = envelope.Payload.ToElement();
        job = job with { JobType = Text(payload, "job_type") ?? job.JobType };
        return envelope.Type switch
        {
            "job.pending" => job,
            "job.started" => job with { State = JobStates.Running, StartedAt = Time(payload, "started_at") ?? envelope.Timestamp },
            "job.progress" => job with { State = JobStates.Running, StartedAt = job.StartedAt ?? envelope.Timestamp, Progress = Number(payload, "progress") ?? job.Progress },
            "job.completed" => job with { State = JobStates.Completed, Progress = 100, EndedAt = Time(payload, "completed_at") ?? envelope.Timestamp },
            "job.failed" => job with { State = JobStates.Failed, Error = Text(payload, "error"), EndedAt = Time(payload, "failed_at") ?? envelope.Timestamp },
            "job.cancelled" => job with { State = JobStates.Cancelled, EndedAt = Time(payload, "cancelled_at") ?? envelope.Timestamp },
            _ => job with { State = JobStates.Running, StartedAt = job.StartedAt ?? envelope.Timestamp },
        };
    }

    private static string? Text(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : null;

    private static DateTimeOffset? Time(JsonElement payload, string name) =>
        UtcTimestampConverter.TryParse(Text(payload, name), out var time) ? time : null;

    private void ForgetOldest()
    {
        if (_order.Count <= MaxJobs)
        {
            return;
        }

        var node = _order.Last;
        while (node is not null && !JobStates.IsFinal(_jobs.GetValueOrDefault(node.Value)?.State ?? JobStates.Pending))
        {
            node = node.Previous;
        }

        node ??= _order.Last!;
        _jobs.Remove(node.Value);
        _order.Remove(node);
    }

    private void Announce(JobStatus job)
    {
        var now = clock.GetUtcNow();
        var append = store.AppendAsync(new AppendRequest(JobsFamily.AllChannel,
        [
            new Envelope
            {
                Type = "job.status",
                Timestamp = now,
                EventId = Guid.CreateVersion7(now).ToString("N"),
                Payload = JsonPayload.From(job, RealtimeJsonContext.Default.JobStatus),
                Tags = new Dictionary<string, string> { ["job_id"] = job.JobId, ["state"] = job.State },
                ConflationKey = job.JobId,
            },
        ]));
        if (!append.IsCompletedSuccessfully)
        {
            append.AsTask().ContinueWith(static t => _ = t.Exception, TaskContinuationOptions.OnlyOnFaulted);
        }
    }
}
