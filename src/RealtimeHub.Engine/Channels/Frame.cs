using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Streams;

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

    private readonly IReadOnlyList<IHubProtocol>? _protocols;
    private long _supersededAt;
    private StreamItem? _item;
    private EncodedMessage? _encoded;
    private Rendering? _renderings;

    internal Frame(FrameEnvelope envelope, string target, string? conflationKey, FramePlace place)
    {
        Envelope = envelope;
        ConflationKey = conflationKey;
        Place = place;
        SizeBytes = SizeOf(envelope.Payload) + BlockBytes(envelope);
        Message = new SerializedHubMessage(new InvocationMessage(target, [envelope]));
        Trace = Activity.Current is { Recorded: true } publishing ? publishing.Context : null;
    }

    internal Frame(EncodedSend send, IReadOnlySet<string>? excluded, FramePlace place)
    {
        Message = send.Message;
        SizeBytes = send.SizeBytes;
        _protocols = send.Protocols;
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

    /// <summary>The trace that published it, if that is recorded.</summary>
    internal ActivityContext? Trace { get; }

    internal string? ConflationKey { get; }

    internal IReadOnlySet<string>? Excluded { get; }

    /// <summary>The offset of the next newer frame with the same key; 0 while there is none.</summary>
    internal long SupersededAt
    {
        get => Volatile.Read(ref _supersededAt);
        set => Volatile.Write(ref _supersededAt, value);
    }

    /// <summary>The frame as an item of streams; where several read the channel it is one instance for all, and is encoded once.</summary>
    internal StreamItem ToItem(Channel channel)
    {
        if (Volatile.Read(ref _item) is { } known)
        {
            return known;
        }

        var item = new StreamItem { Kind = StreamItemKinds.Frame, Frame = Envelope };
        return channel.CursorCount > 1 ? Interlocked.CompareExchange(ref _item, SharedItems.Share(item), null) ?? item : item;
    }

    /// <summary>Whether who speaks a protocol is sent it.</summary>
    internal bool IsFor(IHubProtocol protocol) => _protocols is null || _protocols.Contains(protocol);

    /// <summary>Its bytes in a protocol, made once; none where it is not for that protocol.</summary>
    internal ReadOnlyMemory<byte> BytesFor(IHubProtocol protocol)
    {
        // The message's own cache takes a lock and compares names.
        var first = Volatile.Read(ref _encoded);
        for (var known = first; known is not null; known = known.Next)
        {
            if (ReferenceEquals(known.Protocol, protocol))
            {
                return known.Bytes;
            }
        }

        var encoded = new EncodedMessage(protocol, IsFor(protocol) ? Message.GetSerializedMessage(protocol) : default, first);
        Volatile.Write(ref _encoded, encoded);
        return encoded.Bytes;
    }

    /// <summary>What a dialect makes of it, made once for all its connections. Thread-safe.</summary>
    /// <param name="dialect">Who makes it; the same instance each time.</param>
    /// <param name="make">Makes it. Called by several at once at most at the beginning.</param>
    public T Render<T>(object dialect, Func<Frame, T> make)
        where T : class
    {
        var first = Volatile.Read(ref _renderings);
        for (var known = first; known is not null; known = known.Next)
        {
            if (ReferenceEquals(known.Dialect, dialect))
            {
                return (T)known.Content;
            }
        }

        var made = make(this);
        Volatile.Write(ref _renderings, new Rendering(dialect, made, first));
        return made;
    }

    /// <summary>What a payload counts for in limits by bytes.</summary>
    public static int SizeOf(JsonPayload payload) => payload.Utf8.Length + OverheadBytes;

    private static int BlockBytes(FrameEnvelope envelope) => envelope.Blocks?.Sum(b => b.Value.Data.Bytes.Length) ?? 0;

    private sealed record Rendering(object Dialect, object Content, Rendering? Next);

    private sealed record EncodedMessage(IHubProtocol Protocol, ReadOnlyMemory<byte> Bytes, EncodedMessage? Next);
}
