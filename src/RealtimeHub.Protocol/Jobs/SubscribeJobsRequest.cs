using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Jobs;

/// <summary>Subscribes to the states of all jobs; log lines are on each job's own channel.</summary>
public sealed record SubscribeJobsRequest : SubscribeRequest;
