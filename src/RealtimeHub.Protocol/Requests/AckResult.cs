using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Requests;

/// <summary>The answer to an acknowledgement.</summary>
public sealed record AckResult
{
    /// <summary>Offsets that are acknowledged now, those acknowledged before included.</summary>
    public IReadOnlyList<long> Acknowledged { get; init; } = [];

    /// <summary>Offsets that need no acknowledgement from this consumer.</summary>
    public IReadOnlyList<long> Unknown { get; init; } = [];

    /// <summary>Everything up to here is acknowledged or needs no acknowledgement.</summary>
    public long Floor { get; init; }

    /// <summary>How many frames still wait for an acknowledgement.</summary>
    public int Unacknowledged { get; init; }

    /// <summary>What is wrong with the request.</summary>
    public ProtocolError? Error { get; init; }
}
