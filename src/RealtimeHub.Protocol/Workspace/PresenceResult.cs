using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Workspace;

/// <summary>Who is in a channel, or why that is not told.</summary>
public sealed record PresenceResult
{
    /// <summary>Who is there.</summary>
    public PresenceState? Presence { get; init; }

    /// <summary>Why it is not told.</summary>
    public ProtocolError? Error { get; init; }
}
