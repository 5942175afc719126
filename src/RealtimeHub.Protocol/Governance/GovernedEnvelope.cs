using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Protocol.Governance;

/// <summary>An envelope with its governance: the only thing that a governed channel family takes.</summary>
/// <remarks>Immutable. <see cref="Channels.Envelope.Governance"/> can be set nowhere else.</remarks>
public sealed class GovernedEnvelope
{
    /// <summary>Gives an envelope its governance.</summary>
    public GovernedEnvelope(Envelope content, FrameGovernance governance)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(governance);
        Envelope = content with { Governance = governance };
        Governance = governance;
    }

    /// <summary>What is published.</summary>
    public Envelope Envelope { get; }

    /// <summary>What it says of itself.</summary>
    public FrameGovernance Governance { get; }
}
