using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Requests;

/// <summary>The answer to a refresh.</summary>
public sealed record RefreshCredentialResult
{
    /// <summary>When the new credential expires, UTC; absent when it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>In how many milliseconds to refresh it again; absent when it does not expire.</summary>
    public long? RefreshAfterMs { get; init; }

    /// <summary>The channels whose subscriptions were ended, because the new credential does not allow them.</summary>
    public IReadOnlyList<string>? Ended { get; init; }

    /// <summary>Why the old credential stays in force.</summary>
    public ProtocolError? Error { get; init; }
}
