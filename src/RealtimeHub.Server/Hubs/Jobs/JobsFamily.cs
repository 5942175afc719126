using System.Text.Json;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Events;
using RealtimeHub.Server.Hubs.Events.Schema;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Jobs;

/// <summary>The channels <c>job:{id}</c>: one job's states and log lines in one order. The last state ends the channel.</summary>
internal sealed class JobsFamily(JobTable jobs) : IPublishableFamily
{
    /// <summary>How the ids of jobs begin that simulations tell of themselves.</summary>
    public const string RunPrefix = "sim-";

    private static readonly HashSet<string> FinalTypes = ["job.completed", "job.failed", "job.cancelled"];
    private static readonly HashSet<string> Types = ["job.pending", "job.started", "job.progress", "job.log", .. FinalTypes];

    /// <summary>A job's own channel: the whole log of most jobs, and no line of it dropped for a slow reader.</summary>
    public static ChannelFamily Family { get; } = new()
    {
        Name = "job",
        Target = nameof(IJobsClient.Job),
        HasIds = true,
        Retention = new RetentionLimits(50_000, 32L << 20, TimeSpan.FromHours(24)),
        DefaultPolicy = SlowConsumerPolicy.Lossless,
        DeduplicatesEventIds = true,
    };

    /// <summary>The channel <c>jobs</c>: the newest state of every job.</summary>
    public static ChannelFamily AllFamily { get; } = new()
    {
        Name = "jobs",
        Target = nameof(IJobsClient.Job),
        DefaultPolicy = SlowConsumerPolicy.Lossless,
    };

    public static ChannelName AllChannel { get; } = ChannelName.Parse("jobs");

    public string Name => Family.Name;

    public string Scope => Scopes.JobsWrite;

    public bool IsReserved(ChannelName channel) => channel.Id.StartsWith(RunPrefix);

    public Envelope? Prepare(ChannelName channel, PublishEvent source, EnvelopeDefaults defaults, List<FieldError> errors)
    {
        if (!EventTypeTable.TryGet(source.Type, out var type) || !Types.Contains(type.CanonicalName))
        {
            errors.Add(new FieldError("type", "A job's channel has no such event type.", FieldError.Preview(source.Type!), string.Join(", ", Types)));
            return null;
        }

        // A log line need not name its job: the channel does.
        if (source.Payload!.Value.ToElement().TryGetProperty("job_id", out var id)
            && (id.ValueKind != JsonValueKind.String || !channel.Id.SequenceEqual(id.GetString())))
        {
            errors.Add(new FieldError("payload.job_id", "The job_id is not the channel's.", FieldError.Preview(id.GetRawText()), channel.Id.ToString()));
            return null;
        }

        return EventEnvelopes.From(type, source, defaults, errors);
    }

    public bool EndsChannel(Envelope envelope) => FinalTypes.Contains(envelope.Type);

    public void Published(Principal principal, ChannelName channel, IReadOnlyList<Envelope> envelopes) =>
        jobs.Apply(channel, principal.Id, envelopes);
}
