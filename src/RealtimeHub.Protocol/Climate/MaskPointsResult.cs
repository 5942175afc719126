using RealtimeHub.Protocol.Governance;

namespace RealtimeHub.Protocol.Climate;

/// <summary>Where records may be shown.</summary>
public sealed record MaskPointsResult
{
    /// <summary>The records that are shown, in the order of the request.</summary>
    public required IReadOnlyList<PlacedRecord> Points { get; init; }

    /// <summary>How many are not shown at all.</summary>
    public required int Hidden { get; init; }

    /// <summary>What was done to them.</summary>
    public required Care Care { get; init; }
}
