using RealtimeHub.Engine.Cursors;

namespace RealtimeHub.Engine.Channels;

/// <summary>What the channels with one name before the colon have in common.</summary>
public sealed record ChannelFamily
{
    /// <summary>The part of the name before the colon.</summary>
    public required string Name { get; init; }

    /// <summary>The client method that its frames invoke.</summary>
    public required string Target { get; init; }

    /// <summary>Whether names have an id after the family (<c>job:42</c>).</summary>
    public bool HasIds { get; init; }

    /// <summary>How much is kept for replay.</summary>
    public RetentionLimits Retention { get; init; } = RetentionLimits.Default;

    /// <summary>The slow-consumer policy of subscriptions that ask for none.</summary>
    public SlowConsumerPolicy DefaultPolicy { get; init; } = SlowConsumerPolicy.DropOldest;

    /// <summary>Whether the newest frame is the whole state, so that a live start begins with it.</summary>
    public bool StartsWithNewest { get; init; }

    /// <summary>Whether frames can require acknowledgement.</summary>
    public bool HasAcks { get; init; }

    /// <summary>Whether an event id that is still kept makes a second publish of it a duplicate.</summary>
    public bool DeduplicatesEventIds { get; init; }

    /// <summary>What a connection is written first when several of its channels wait: the lowest number. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>Whether every frame carries governance; an envelope without it is refused.</summary>
    public bool IsGoverned { get; init; }
}
