using RealtimeHub.Protocol.Governance;
using RealtimeHub.Protocol.Numerics;

namespace RealtimeHub.Protocol.Channels;

/// <summary>What a publisher says. A channel gives it its position and makes it a frame.</summary>
/// <remarks>Immutable.</remarks>
public sealed record Envelope
{
    /// <summary>The canonical dotted name of what this is (<c>alert.created</c>).</summary>
    public required string Type { get; init; }

    /// <summary>When it happened or was measured, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Unique and stable: redelivery and replay repeat it.</summary>
    public required string EventId { get; init; }

    /// <summary>The content.</summary>
    public JsonPayload Payload { get; init; }

    /// <summary>Large numeric content by name: binary where the protocol can, base64 in JSON.</summary>
    public IReadOnlyDictionary<string, FloatBlock>? Blocks { get; init; }

    /// <summary>What this answers or belongs to, if anything.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Whether every consumer has to acknowledge it.</summary>
    public bool RequiresAck { get; init; }

    /// <summary>Flat facts that filters look at.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>What it is the state of: of several frames with one key only the newest matters. Not on the wire.</summary>
    public string? ConflationKey { get; init; }

    /// <summary>What the policy, the lineage and the catalogue say of it; set by <see cref="GovernedEnvelope"/> alone.</summary>
    public FrameGovernance? Governance { get; internal init; }
}
