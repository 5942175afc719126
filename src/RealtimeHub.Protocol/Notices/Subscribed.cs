using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Notices;

/// <summary>A subscription starts, or starts again at another position: it stands ahead of the first frame after it.</summary>
/// <remarks>PROTOCOL.md, rules P10 to P16.</remarks>
public sealed record Subscribed
{
    /// <summary>The subscriber's own id for it.</summary>
    public required string Id { get; init; }

    /// <summary>The channel that its frames carry.</summary>
    public required string Channel { get; init; }

    /// <summary>The epoch of the channel's log.</summary>
    public required string Epoch { get; init; }

    /// <summary>The next frame, gap or skip starts right after this offset.</summary>
    public required long Sequence { get; init; }

    /// <summary>Whether a position was asked for and nothing after it is lost.</summary>
    public bool Recovered { get; init; }

    /// <summary>Why it was not recovered, from <see cref="RecoveryReasons"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>True when less was kept than <c>last</c> or <c>since</c> asked for.</summary>
    public bool? Clamped { get; init; }

    /// <summary>The event patterns now in force, on channels with patterns.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>The slow-consumer policy that was granted, from <see cref="SlowConsumerPolicies"/>.</summary>
    public string? Policy { get; init; }

    /// <summary>The consumer that acknowledgements count for.</summary>
    public string? Consumer { get; init; }

    /// <summary>Offsets of frames at or below <see cref="Sequence"/> that this consumer has still to acknowledge; they come again.</summary>
    public int? Unacknowledged { get; init; }
}
