namespace RealtimeHub.Protocol.Climate;

/// <summary>Says which tiles a viewport shows: those that it does not name any more are let go.</summary>
public sealed record TrackTilesRequest : SubscribeClimateRequest
{
    /// <summary>The variable or driver.</summary>
    public string? Variable { get; init; }

    /// <summary>The tiles <c>z/x/y</c> in view; an empty list lets all go.</summary>
    public IReadOnlyList<string>? Tiles { get; init; }

    /// <summary>Multihashes of tiles that the viewer has, by tile: such a tile comes when it changes.</summary>
    public IReadOnlyDictionary<string, string>? Known { get; init; }
}
