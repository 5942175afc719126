namespace RealtimeHub.Protocol.Governance;

/// <summary>What every governed frame says of itself. It cannot be built without one of the four.</summary>
/// <remarks>Immutable.</remarks>
public sealed record FrameGovernance
{
    /// <summary>Puts the four together.</summary>
    /// <exception cref="ArgumentNullException">One is missing.</exception>
    public FrameGovernance(Care care, Provenance prov, Checksums checksums, StacReferences stac)
    {
        ArgumentNullException.ThrowIfNull(care);
        ArgumentNullException.ThrowIfNull(prov);
        ArgumentNullException.ThrowIfNull(checksums);
        ArgumentNullException.ThrowIfNull(stac);
        (Care, Prov, Checksums, Stac) = (care, prov, checksums, stac);
    }

    /// <summary>What the policy did to the content.</summary>
    public Care Care { get; }

    /// <summary>Where the content comes from.</summary>
    public Provenance Prov { get; }

    /// <summary>By what it can be verified.</summary>
    public Checksums Checksums { get; }

    /// <summary>Where it is catalogued.</summary>
    public StacReferences Stac { get; }
}
