using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Requests;

/// <summary>The answer to many events at once: all of them are published, or none; an upload stream publishes until the first refusal.</summary>
public sealed record PublishBatchResult
{
    /// <summary>The channel.</summary>
    public string? Channel { get; init; }

    /// <summary>The epoch of the channel's log.</summary>
    public string? Epoch { get; init; }

    /// <summary>How many events were published.</summary>
    public int Count { get; init; }

    /// <summary>The offset of the first.</summary>
    public long? FirstSequence { get; init; }

    /// <summary>The offset of the last.</summary>
    public long? LastSequence { get; init; }

    /// <summary>Whether this repeats an earlier publish, whose result this is.</summary>
    public bool Duplicate { get; init; }

    /// <summary>One result per event, in order; absent for upload streams.</summary>
    public IReadOnlyList<PublishResult>? Results { get; init; }

    /// <summary>Why it ended early.</summary>
    public ProtocolError? Error { get; init; }
}
