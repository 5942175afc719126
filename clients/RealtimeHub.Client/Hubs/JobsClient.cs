using RealtimeHub.Client.Accounting;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Jobs;
using RealtimeHub.Client.Streams;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Client.Hubs;

/// <summary>Jobs: their states, their logs, and publishing both, <c>/hubs/jobs</c>.</summary>
/// <remarks>Thread-safe. One subscription per job, and one for the states of all jobs.</remarks>
public sealed class JobsClient : HubClient
{
    private const string AllJobsId = "jobs";

    private readonly RealtimeClientOptions _options;

    internal JobsClient(RealtimeClientOptions options)
        : base(options, HubPaths.Jobs, nameof(IJobsClient.Job)) => _options = options;

    /// <summary>The channel of one job's states and log lines.</summary>
    public static string ChannelOf(string jobId) => $"job:{jobId}";

    /// <summary>Subscribes to one job, and hands every frame and notice to the handler in order.</summary>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached or refuses the connection.</exception>
    /// <exception cref="ProtocolErrorException">The server refuses the subscription.</exception>
    public Task<Subscription> SubscribeJobAsync(
        SubscribeJobRequest request,
        Func<StreamItem, CancellationToken, ValueTask> handler,
        CancellationToken cancellationToken = default) =>
        SubscribeAsync(nameof(IJobsHub.SubscribeJob), Complete(request), handler, cancellationToken);

    /// <summary>Subscribes to the states of all jobs, and hands every frame and notice to the handler in order.</summary>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached or refuses the connection.</exception>
    /// <exception cref="ProtocolErrorException">The server refuses the subscription.</exception>
    public Task<Subscription> SubscribeJobsAsync(
        SubscribeJobsRequest request,
        Func<StreamItem, CancellationToken, ValueTask> handler,
        CancellationToken cancellationToken = default) =>
        SubscribeAsync(
            nameof(IJobsHub.SubscribeJobs), request with { Id = request.Id ?? AllJobsId }, handler, cancellationToken);

    /// <summary>Subscribes to the states of all jobs, and yields every frame and notice in order. Leaving the loop unsubscribes.</summary>
    public IAsyncEnumerable<StreamItem> TailAsync(
        SubscribeJobsRequest request, Action<Subscription>? onSubscribed = null, CancellationToken cancellationToken = default) =>
        ReadAsync(nameof(IJobsHub.SubscribeJobs), request with { Id = request.Id ?? AllJobsId }, onSubscribed, cancellationToken);

    /// <summary>Reads one job's states and log lines from the first, over reconnects, each once and in order; the last item is <c>end</c> or <c>error</c>.</summary>
    /// <remarks>The stream has a connection of its own, so a slow reader holds up nothing else; its events are raised here too.</remarks>
    /// <param name="request">The job, and where to start.</param>
    /// <param name="coverage">Books to keep, to look into them. Default: the stream's own.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="RealtimeConnectionException">The first attempt to connect failed, or the server ended the connection for good.</exception>
    public IAsyncEnumerable<StreamItem> StreamLogsAsync(
        SubscribeJobRequest request, Coverage? coverage = null, CancellationToken cancellationToken = default) =>
        new ChannelStream(OpenLink, _options, nameof(IJobsHub.StreamLogs), Complete(request), coverage ?? new Coverage()).ReadAsync(cancellationToken);

    /// <summary>Lists the jobs that the server remembers, newest first.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public async Task<IReadOnlyList<JobStatus>> ListAsync(ListJobsRequest request, CancellationToken cancellationToken = default)
    {
        var result = await Link
            .InvokeAsync<ListJobsResult>(nameof(IJobsHub.ListJobs), [request], cancellationToken)
            .ConfigureAwait(false);
        ProtocolErrorException.ThrowIf(result.Error);
        return result.Jobs;
    }

    /// <summary>Publishes one state or log line. A refusal is in the result.</summary>
    /// <exception cref="RealtimeConnectionException">The connection broke before the answer came; repeat with the same event id.</exception>
    public Task<PublishResult> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default) =>
        Link.InvokeAsync<PublishResult>(nameof(IJobsHub.Publish), [request], cancellationToken);

    /// <summary>Publishes states and log lines as they come, until the sequence ends or the server refuses one.</summary>
    /// <exception cref="RealtimeConnectionException">The connection broke before the answer came; repeat with the same event ids.</exception>
    public Task<PublishBatchResult> PublishStreamAsync(
        string channel, IAsyncEnumerable<PublishEvent> events, CancellationToken cancellationToken = default) =>
        Link.InvokeAsync<PublishBatchResult>(
            nameof(IJobsHub.PublishStream), [new PublishStreamRequest { Channel = channel }, events], cancellationToken);

    /// <summary>Opens an upload of one job's events that outlives broken connections.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="capacity">How many events it holds while they are unconfirmed.</param>
    public EventUpload OpenUpload(string jobId, int capacity = EventUpload.DefaultCapacity) =>
        new(ChannelOf(jobId), PublishStreamAsync, _options, capacity);

    private HubLink OpenLink()
    {
        var link = new HubLink(_options, HubPaths.Jobs, nameof(IJobsClient.Job));
        ListenTo(link);
        return link;
    }

    private static SubscribeJobRequest Complete(SubscribeJobRequest request) =>
        request with { Id = request.Id ?? ChannelOf(request.JobId ?? "") };
}
