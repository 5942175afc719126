namespace RealtimeHub.Protocol.Requests;

/// <summary>Publishes one event to a channel.</summary>
public sealed record PublishRequest : HubRequest
{
    /// <summary>The channel, of a publishable family.</summary>
    public string? Channel { get; init; }

    /// <summary>The event.</summary>
    public PublishEvent? Event { get; init; }

    /// <summary>A repeat with the same key within 5 minutes gets the first answer; 1 to 200 characters.</summary>
    public string? IdempotencyKey { get; init; }
}
