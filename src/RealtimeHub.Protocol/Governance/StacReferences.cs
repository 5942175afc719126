namespace RealtimeHub.Protocol.Governance;

/// <summary>The STAC items that describe the content of a frame.</summary>
/// <remarks>Immutable.</remarks>
public sealed record StacReferences
{
    /// <summary>Names the items.</summary>
    /// <param name="items">Their ids, one at least; <c>GET /api/v1/stac/items/{id}</c> gives each.</param>
    /// <exception cref="ArgumentException">There is none, or one is empty.</exception>
    public StacReferences(IReadOnlyList<string> items) => Items = GovernanceText.RequireSome(items, nameof(items));

    /// <summary>The ids of the items.</summary>
    public IReadOnlyList<string> Items { get; }
}
