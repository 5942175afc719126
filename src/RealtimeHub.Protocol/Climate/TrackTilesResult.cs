using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Climate;

/// <summary>The answer to a change of viewport.</summary>
public sealed record TrackTilesResult
{
    /// <summary>The tiles that are followed now, each as the subscription <c>{id}/{z}/{x}/{y}</c>.</summary>
    public IReadOnlyList<string>? Tracked { get; init; }

    /// <summary>The tiles that were refused, with the reason.</summary>
    public IReadOnlyDictionary<string, ProtocolError>? Refused { get; init; }

    /// <summary>Why nothing was done.</summary>
    public ProtocolError? Error { get; init; }
}
