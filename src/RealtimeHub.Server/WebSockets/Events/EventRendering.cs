using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>One frame in the events dialect, encoded once for all connections; each splices its number in. Thread-safe.</summary>
/// <param name="json">The message without its closing brace.</param>
/// <param name="channel">The channel of the event registry.</param>
internal sealed class EventRendering(byte[] json, string? channel)
{
    private byte[]? _packed;

    public ReadOnlySpan<byte> Json => json;

    public string? Channel { get; } = channel;

    /// <summary>How many members it has.</summary>
    public int Members => Pack()[0] & 0x0F;

    /// <summary>Its members in MessagePack, without the head of the map.</summary>
    public ReadOnlySpan<byte> Packed => Pack().AsSpan(1);

    // Fewer than 16 members: the head of the map is one byte.
    private byte[] Pack() => _packed ??= MessagePackText.FromJson([.. json, (byte)'}']);
}
