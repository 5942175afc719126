using RealtimeHub.Protocol.Governance;

namespace RealtimeHub.Protocol.Climate;

/// <summary>What is shown of a box of a source, today and to the caller: where values are means of cells, and where there are none.</summary>
/// <remarks>Immutable. It tells nothing that frames of the same box do not tell.</remarks>
public sealed record CareMap
{
    /// <summary>The id of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The policy decision.</summary>
    public required string Decision { get; init; }

    /// <summary>What frames of this box say of themselves.</summary>
    public required Care Care { get; init; }

    /// <summary>The H3 cells whose means are shown.</summary>
    public required IReadOnlyList<CareMapCell> Cells { get; init; }

    /// <summary>The points of which nothing is shown.</summary>
    public required IReadOnlyList<ConcealedPoint> Concealed { get; init; }
}
