using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Filters;

namespace RealtimeHub.Engine.Cursors;

/// <summary>What a reader has been granted on one channel.</summary>
internal sealed record CursorTerms
{
    /// <summary>The terms of raw hub sends: nothing is announced, and a full share closes the connection.</summary>
    public static CursorTerms RawSends { get; } = new()
    {
        Id = "",
        Policy = SlowConsumerPolicy.Disconnect,
        Limits = LagLimits.RawSends,
        Announces = false,
    };

    /// <summary>The subscriber's own id.</summary>
    public required string Id { get; init; }

    /// <summary>What happens beyond the limits.</summary>
    public SlowConsumerPolicy Policy { get; init; }

    /// <summary>How far it may lag.</summary>
    public LagLimits Limits { get; init; } = LagLimits.Default;

    /// <summary>Which frames it wants at the start; null for all.</summary>
    public FrameFilter? Filter { get; init; }

    /// <summary>The siblings of its channel, from the finest to the coarsest; null where there are none.</summary>
    public ChannelLadder? Ladder { get; init; }

    /// <summary>Its own place on the ladder.</summary>
    public int Rung { get; init; }

    /// <summary>Whether gaps, skips and starts are told.</summary>
    public bool Announces { get; init; } = true;
}
