using System.Buffers.Binary;

namespace RealtimeHub.Engine.Transport;

/// <summary>The header of an unfragmented, unmasked WebSocket message (RFC 6455, section 5.2): the same for every client.</summary>
internal static class WebSocketHeader
{
    /// <summary>The longest header there is.</summary>
    public const int MaxLength = 10;

    private const byte Final = 0x80;
    private const byte Ping = 0x09;
    private const byte Text = 0x01;
    private const byte Binary = 0x02;
    private const byte Close = 0x08;
    private const byte OpcodeMask = 0x0F;
    private const int MaxShortLength = 125;
    private const byte Length16 = 126;
    private const byte Length64 = 127;

    /// <summary>A ping without content.</summary>
    public static ReadOnlySpan<byte> EmptyPing => [Final | Ping, 0];

    /// <summary>Whether a frame closes the connection.</summary>
    public static bool IsClose(ReadOnlySpan<byte> frame) => !frame.IsEmpty && (frame[0] & OpcodeMask) == Close;

    /// <summary>Writes a header and returns its length.</summary>
    public static int Write(Span<byte> header, int payloadLength, bool isBinary)
    {
        header[0] = (byte)(Final | (isBinary ? Binary : Text));
        if (payloadLength <= MaxShortLength)
        {
            header[1] = (byte)payloadLength;
            return 2;
        }

        if (payloadLength <= ushort.MaxValue)
        {
            header[1] = Length16;
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)payloadLength);
            return 4;
        }

        header[1] = Length64;
        BinaryPrimitives.WriteInt64BigEndian(header[2..], payloadLength);
        return MaxLength;
    }
}
