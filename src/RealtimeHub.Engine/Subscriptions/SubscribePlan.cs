using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Subscriptions;

/// <summary>A subscription that was asked for, validated and authorised.</summary>
public sealed record SubscribePlan
{
    /// <summary>The subscriber's own id.</summary>
    public required string Id { get; init; }

    /// <summary>The channel.</summary>
    public required ChannelName Channel { get; init; }

    /// <summary>The coarser siblings of the channel, each coarser than the one before; empty where there are none.</summary>
    public IReadOnlyList<ChannelName> Coarser { get; init; } = [];

    /// <summary>Where to start.</summary>
    public StartPoint Start { get; init; }

    /// <summary>The slow-consumer policy; null for the family's.</summary>
    public SlowConsumerPolicy? Policy { get; init; }

    /// <summary>How far it may lag.</summary>
    public LagLimits Limits { get; init; } = LagLimits.Default;

    /// <summary>The condition on tags.</summary>
    public TagCondition? Tags { get; init; }

    /// <summary>The type patterns; null for all types.</summary>
    public IReadOnlyList<EventPattern>? Patterns { get; init; }

    /// <summary>The name of the consumer that acknowledges.</summary>
    public string? Consumer { get; init; }

    /// <summary>Whether it is given, not asked for.</summary>
    public bool IsImplicit { get; init; }
}
