using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Protocol.Requests;

/// <summary>One page of a channel's kept frames.</summary>
public sealed record HistoryPage
{
    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The channel's position, read before the frames: subscribing from it misses nothing.</summary>
    public required StreamPosition Position { get; init; }

    /// <summary>The oldest offset kept; one above the newest when none is.</summary>
    public required long Oldest { get; init; }

    /// <summary>The frames, in the order asked for.</summary>
    public required IReadOnlyList<FrameEnvelope> Frames { get; init; }

    /// <summary>The <c>from</c> of the next page; absent on the last.</summary>
    public long? Next { get; init; }
}
