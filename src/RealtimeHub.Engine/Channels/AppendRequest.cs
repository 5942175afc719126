using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Channels;

/// <summary>What to append to one channel: all of it or nothing.</summary>
/// <param name="Channel">The channel, created if need be.</param>
/// <param name="Envelopes">In order.</param>
public sealed record AppendRequest(ChannelName Channel, IReadOnlyList<Envelope> Envelopes)
{
    /// <summary>A repeat with the same key within five minutes gets the first answer.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Identifies the content that the key was first used for.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Whether the channel ends with the last envelope.</summary>
    public bool EndsChannel { get; init; }
}
