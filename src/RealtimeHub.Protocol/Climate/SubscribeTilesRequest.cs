namespace RealtimeHub.Protocol.Climate;

/// <summary>Asks for one map tile of a variable or driver as it changes; viewers ask for many with <see cref="TrackTilesRequest"/>.</summary>
public sealed record SubscribeTilesRequest : SubscribeClimateRequest
{
    /// <summary>The variable or driver.</summary>
    public string? Variable { get; init; }

    /// <summary>The tile <c>z/x/y</c>; y counts from the north.</summary>
    public string? Tile { get; init; }
}
