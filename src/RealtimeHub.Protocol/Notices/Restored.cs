using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Protocol.Notices;

/// <summary>A degraded subscription has caught up.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Sequence">The offset up to which it has been served.</param>
/// <remarks>With <see cref="To"/> the subscription goes back to a finer channel; a <see cref="Subscribed"/> on that one follows.</remarks>
public sealed record Restored(string Channel, long Sequence)
{
    /// <summary>The channel that it leaves.</summary>
    public string? From { get; init; }

    /// <summary>The finer channel that it goes back to.</summary>
    public string? To { get; init; }

    /// <summary>The last position that was accounted for on the channel that it leaves.</summary>
    public StreamPosition? Position { get; init; }
}
