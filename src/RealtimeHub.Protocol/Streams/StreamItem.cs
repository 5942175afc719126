using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Protocol.Streams;

/// <summary>One item of a streamed channel: <c>subscribed</c> first, then frames and notices, and last <c>error</c> or <c>end</c>.</summary>
/// <remarks>A refused stream yields one <c>error</c> and completes normally. The member named by <see cref="Kind"/> is set.</remarks>
public sealed record StreamItem
{
    /// <summary>What it is, from <see cref="StreamItemKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The start of the stream.</summary>
    public Subscribed? Subscribed { get; init; }

    /// <summary>A frame.</summary>
    public FrameEnvelope? Frame { get; init; }

    /// <summary>Lost frames, in their place.</summary>
    public Gap? Gap { get; init; }

    /// <summary>Frames withheld on purpose.</summary>
    public Skipped? Skipped { get; init; }

    /// <summary>The reader lags beyond its limit.</summary>
    public Degraded? Degraded { get; init; }

    /// <summary>The reader has caught up again.</summary>
    public Restored? Restored { get; init; }

    /// <summary>Why the stream was refused or broke off.</summary>
    public ProtocolError? Error { get; init; }

    /// <summary>Where the stream ended, because the channel did.</summary>
    public StreamPosition? End { get; init; }
}
