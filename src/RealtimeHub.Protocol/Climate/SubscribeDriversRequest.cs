namespace RealtimeHub.Protocol.Climate;

/// <summary>Asks for hazard drivers.</summary>
public sealed record SubscribeDriversRequest : SubscribeClimateRequest
{
    /// <summary>The drivers, such as <c>cape</c>.</summary>
    public IReadOnlyList<string>? Drivers { get; init; }
}
