namespace RealtimeHub.Protocol.Climate;

/// <summary>A record and where it is; in an answer, where it is shown.</summary>
public sealed record PlacedRecord
{
    /// <summary>Identifies the record among the caller's own, for ever: the same record is always shown at the same place. 1 to 200 characters.</summary>
    public string? Id { get; init; }

    /// <summary>Degrees east.</summary>
    public double? Longitude { get; init; }

    /// <summary>Degrees north.</summary>
    public double? Latitude { get; init; }

    /// <summary>How sensitive it is: <c>public</c>, <c>community</c>, <c>sensitive</c>, <c>sacred</c>. Default: only as much as its place.</summary>
    public string? Label { get; init; }

    /// <summary>In answers: <c>none</c> where it is shown at its place, <c>donut</c> where in a ring around it.</summary>
    public string? Masking { get; init; }
}
