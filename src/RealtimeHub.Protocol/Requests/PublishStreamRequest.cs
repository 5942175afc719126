namespace RealtimeHub.Protocol.Requests;

/// <summary>Opens an upload of events to one channel.</summary>
public sealed record PublishStreamRequest : HubRequest
{
    /// <summary>The channel, of a publishable family.</summary>
    public string? Channel { get; init; }
}
