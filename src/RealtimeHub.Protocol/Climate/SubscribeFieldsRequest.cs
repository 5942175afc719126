namespace RealtimeHub.Protocol.Climate;

/// <summary>Asks for fields of variables.</summary>
public sealed record SubscribeFieldsRequest : SubscribeClimateRequest
{
    /// <summary>The variables, such as <c>t2m</c> or <c>t850</c>.</summary>
    public IReadOnlyList<string>? Variables { get; init; }
}
