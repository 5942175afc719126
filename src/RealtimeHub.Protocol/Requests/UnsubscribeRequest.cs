namespace RealtimeHub.Protocol.Requests;

/// <summary>Ends one subscription.</summary>
public sealed record UnsubscribeRequest : HubRequest
{
    /// <summary>The subscriber's own id for it.</summary>
    public string? Id { get; init; }
}
