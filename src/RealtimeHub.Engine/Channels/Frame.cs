using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Channels;

/// <summary>An envelope that has been given its place in a log, with its bytes per hub protocol.</summary>
/// <remarks>
/// Immutable but for <see cref="SupersededAt"/>, which is set once. The bytes are made when the first subscriber of a protocol
/// needs them and shared by all others, by replay and by redelivery.
/// </remarks>
public sealed class Frame
{
    // What a frame costs beside its payload: the record, its strings and the cached message.
    private const int OverheadBytes = 256;

    private long _supersededAt;

    internal Frame(FrameEnvelope envelope, string target, string? conflationKey, FramePlace place)
    {
        Envelope = envelope;
        ConflationKey = conflationKey;
        Place = place;
        SizeBytes = SizeOf(envelope.Payload) + BlockBytes(envelope);
        Message = new SerializedHubMessage(new InvocationMessage(target, [envelope]));
    }

    internal Frame(SerializedHubMessage message, int sizeBytes, IReadOnlySet<string>? excluded, FramePlace place)
    {
        Message = message;
        SizeBytes = sizeBytes;
        Excluded = excluded;
        Place = place;
    }

    /// <summary>What is pushed; null for raw hub sends.</summary>
    public FrameEnvelope? Envelope { get; }

    /// <summary>The message with its bytes per protocol.</summary>
    public SerializedHubMessage Message { get; }

    /// <summary>What it counts for in limits by bytes.</summary>
    public int SizeBytes { get; }

    /// <summary>The offset in its channel's log.</summary>
    public long Offset => Place.Offset;

    /// <summary>Its rank among all appends of this node, whatever the channel.</summary>
    internal long Stamp => Place.Stamp;

    internal FramePlace Place { get; }

    internal string? ConflationKey { get; }

    internal IReadOnlySet<string>? Excluded { get; }

    /// <summary>The offset of the next newer frame with the same key; 0 while there is none.</summary>
    internal long SupersededAt
    {
        get => Volatile.Read(ref _supersededAt);
        set => Volatile.Write(ref _supersededAt, value);
    }

    /// <summary>What a payload counts for in limits by bytes.</summary>
    public static int SizeOf(JsonPayload payload) => payload.Utf8.Length + OverheadBytes;

    private static int BlockBytes(FrameEnvelope envelope) => envelope.Blocks?.Sum(b => b.Value.Data.Bytes.Length) ?? 0;
}
