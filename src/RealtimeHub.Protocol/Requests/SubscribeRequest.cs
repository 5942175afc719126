using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Protocol.Requests;

/// <summary>What every subscription can ask for. At most one of <see cref="From"/>, <see cref="Last"/> and <see cref="Since"/>; none means live.</summary>
public abstract record SubscribeRequest : HubRequest
{
    /// <summary>The subscriber's own id, 1 to 100 characters. Default: the channel's name.</summary>
    public string? Id { get; init; }

    /// <summary>Resume after this position.</summary>
    public StreamPosition? From { get; init; }

    /// <summary>Start with the last n frames kept, 0 to 100,000.</summary>
    public int? Last { get; init; }

    /// <summary>Start with the first frame appended at or after this time, UTC.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The slow-consumer policy, from <see cref="SlowConsumerPolicies"/>. Default: the channel's.</summary>
    public string? Policy { get; init; }

    /// <summary>How many frames it may lag before the policy acts, 2 to 10,000. Default 1,000.</summary>
    public int? MaxLagFrames { get; init; }

    /// <summary>How many bytes it may lag before the policy acts, 1,024 to 16,777,216. Default 4,194,304.</summary>
    public long? MaxLagBytes { get; init; }

    /// <summary>Which tags a frame must have. Default: no condition.</summary>
    public TagFilter? Filter { get; init; }
}
