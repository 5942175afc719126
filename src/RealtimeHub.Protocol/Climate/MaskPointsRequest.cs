namespace RealtimeHub.Protocol.Climate;

/// <summary>Asks where records that have a place (stations, sites, observations) may be shown to everybody.</summary>
public sealed record MaskPointsRequest
{
    /// <summary>The records, 1 to 1,000, each id once.</summary>
    public IReadOnlyList<PlacedRecord>? Points { get; init; }

    /// <summary>What the records are said to be; what must not be said is refused. Default: nothing is said.</summary>
    public KnowledgeClaim? Claim { get; init; }
}
