using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Requests;

/// <summary>The answer to an unsubscribe.</summary>
public sealed record UnsubscribeResult
{
    /// <summary>Whether anything was removed.</summary>
    public bool Removed { get; init; }

    /// <summary>The patterns that were really removed, on channels with patterns.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>What is wrong with the request.</summary>
    public ProtocolError? Error { get; init; }
}
