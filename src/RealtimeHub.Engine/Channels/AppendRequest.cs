using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Governance;

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

    /// <summary>Appends only while the channel is in this epoch, so that what was made for an earlier one is not shown in a later one.</summary>
    public string? IfEpoch { get; init; }

    /// <summary>Whether an earlier append of the same envelopes may have been done without an answer; then they are not appended twice.</summary>
    public bool IsAgain { get; init; }

    /// <summary>What to append to a channel of a governed family.</summary>
    public static AppendRequest Governed(ChannelName channel, params IReadOnlyList<GovernedEnvelope> envelopes) =>
        new(channel, [.. envelopes.Select(e => e.Envelope)]);
}
