namespace RealtimeHub.Protocol.Requests;

/// <summary>Acknowledges frames one by one; acknowledging one says nothing about those before it.</summary>
public sealed record AckRequest : HubRequest
{
    /// <summary>The channel of the frames.</summary>
    public string? Channel { get; init; }

    /// <summary>The epoch of the offsets. Default: the current one.</summary>
    public string? Epoch { get; init; }

    /// <summary>The offsets, 1 to 1,000 of them.</summary>
    public IReadOnlyList<long>? Sequences { get; init; }
}
