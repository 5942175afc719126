using System.Globalization;
using System.Runtime.CompilerServices;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Jobs;

/// <summary>Job states and log tails.</summary>
internal sealed class JobsHub(
    SubscriptionService subscriptions, StreamService streams, JobTable jobs, HubPublisher publisher, TimeProvider clock)
    : ChannelHub<IJobsClient>(subscriptions, clock), IJobsHub
{
    private const int DefaultList = 100;
    private const int MaxList = 1_000;

    [RequiresScope(Scopes.JobsRead)]
    [ReadsChannel("job", nameof(SubscribeJobRequest.JobId))]
    public Task<SubscribeResult> SubscribeJob(SubscribeJobRequest request)
    {
        var error = Check(request, out var plan);
        return error is null ? SubscribeAsync(request, plan.Channel, FromTheStart) : Task.FromResult(new SubscribeResult { Error = error });
    }

    [RequiresScope(Scopes.JobsRead)]
    [ReadsChannel("jobs")]
    public Task<SubscribeResult> SubscribeJobs(SubscribeJobsRequest request) => SubscribeAsync(request, JobsFamily.AllChannel);

    [RequiresScope(Scopes.JobsRead)]
    [ReadsChannel("job", nameof(SubscribeJobRequest.JobId))]
    public async IAsyncEnumerable<StreamItem> StreamLogs(SubscribeJobRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Check(request, out var plan) is { } error)
        {
            yield return StreamService.Refused(error);
            yield break;
        }

        await foreach (var item in streams.StreamAsync(Context, plan, cancellationToken))
        {
            yield return item;
        }
    }

    [RequiresScope(Scopes.JobsRead)]
    public Task<ListJobsResult> ListJobs(ListJobsRequest request)
    {
        var errors = new List<FieldError>();
        if (request.State is { } state && !JobStates.All.Contains(state))
        {
            errors.Add(new FieldError("state", "There is no such job state.", FieldError.Preview(state), string.Join(", ", JobStates.All)));
        }

        if (request.Limit is < 1 or > MaxList)
        {
            errors.Add(new FieldError("limit", "limit is out of range.", request.Limit.Value.ToString(CultureInfo.InvariantCulture), $"1..{MaxList}"));
        }

        return Task.FromResult(errors.Count > 0
            ? new ListJobsResult { Error = ErrorCodes.InvalidRequest.With(errors[0].Message, errors) }
            : new ListJobsResult { Jobs = jobs.List(request.State, request.Limit ?? DefaultList) });
    }

    [RequiresScope(Scopes.JobsWrite)]
    public Task<PublishResult> Publish(PublishRequest request) => publisher.PublishAsync(Principal, request, Context.ConnectionAborted);

    [RequiresScope(Scopes.JobsWrite)]
    public Task<PublishBatchResult> PublishStream(PublishStreamRequest request, IAsyncEnumerable<PublishEvent> events) =>
        publisher.PublishStreamAsync(Principal, request, events, Context.ConnectionAborted);

    // Late joiners want the log, not only its tail.
    private static SubscribePlan FromTheStart(SubscribePlan plan, List<FieldError> errors) =>
        plan.Start == StartPoint.Live ? plan with { Start = StartPoint.Oldest } : plan;

    // Everything that is wrong with the request is said at once, and before whether there is such a job.
    private ProtocolError? Check(SubscribeJobRequest request, out SubscribePlan plan)
    {
        var (errors, jobId) = (new List<FieldError>(), request.JobId?.Trim());
        var channel = JobsFamily.AllChannel;
        if (string.IsNullOrEmpty(jobId))
        {
            errors.Add(new FieldError("job_id", "The job_id is missing."));
        }
        else if (ChannelName.TryParse($"job:{jobId}", out var named, out var reason))
        {
            channel = named;
        }
        else
        {
            errors.Add(new FieldError("job_id", reason, FieldError.Preview(jobId)));
        }

        plan = FromTheStart(SubscribePlanner.Plan(request, channel, errors), errors);
        return errors.Count > 0 ? ErrorCodes.InvalidRequest.With($"{errors[0].Field}: {errors[0].Message}", errors)
            : jobs.Find(channel.Id.ToString()) is null ? ErrorCodes.JobNotFound.With($"There is no job {FieldError.Preview(channel.Id.ToString())}, or it is forgotten.")
            : null;
    }
}
