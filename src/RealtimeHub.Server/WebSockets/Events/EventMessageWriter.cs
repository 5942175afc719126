using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Compression;
using RealtimeHub.Engine.Plain;
using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>Writes messages in the form that a connection asked for.</summary>
/// <remarks>Used only with the connection's turn.</remarks>
internal sealed class EventMessageWriter(MessageForm form, EventsDialectOptions options)
{
    private const byte Compressed = 0x00;
    private const byte Packed = 0x01;
    private const byte FixMap = 0x80;
    private const byte Map16 = 0xDE;
    private const byte True = 0xC3;
    private const byte UInt64 = 0xCF;
    private const int MaxFixMap = 15;

    // The longest end of a message: a number of 20 digits, and that it is a replay.
    private const int MaxTail = 64;

    /// <summary>Writes a message that is this connection's own.</summary>
    public void Write(PlainOutput output, ReadOnlySpan<byte> json)
    {
        if (form is MessageForm.Msgpack)
        {
            output.Binary([Packed], MessagePackText.FromJson(json));
        }
        else if (form is MessageForm.Zlib && options.Compression && json.Length >= options.CompressionThreshold)
        {
            output.Binary([Compressed], Compress(json));
        }
        else
        {
            output.Text(json);
        }
    }

    /// <summary>Writes a frame with its number.</summary>
    public void Write(PlainOutput output, EventRendering rendering, long number, bool isReplay)
    {
        Span<byte> tail = stackalloc byte[MaxTail];
        if (form is MessageForm.Msgpack)
        {
            Span<byte> head = stackalloc byte[4];
            output.Binary(head[..PackHead(head, rendering.Members + (isReplay ? 2 : 1))], rendering.Packed, tail[..PackTail(tail, number, isReplay)]);
            return;
        }

        tail = tail[..TextTail(tail, number, isReplay)];
        if (form is MessageForm.Zlib && rendering.Json.Length + tail.Length >= options.CompressionThreshold)
        {
            Write(output, [.. rendering.Json, .. tail]);
        }
        else
        {
            output.Text(rendering.Json, tail);
        }
    }

    private static int TextTail(Span<byte> tail, long number, bool isReplay)
    {
        ",\"seq\":"u8.CopyTo(tail);
        Utf8Formatter.TryFormat(number, tail[7..], out var digits);
        var end = isReplay ? ",\"replay\":true}"u8 : "}"u8;
        end.CopyTo(tail[(7 + digits)..]);
        return 7 + digits + end.Length;
    }

    private static int PackHead(Span<byte> head, int members)
    {
        head[0] = Packed;
        if (members <= MaxFixMap)
        {
            head[1] = (byte)(FixMap | members);
            return 2;
        }

        head[1] = Map16;
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)members);
        return 4;
    }

    private static int PackTail(Span<byte> tail, long number, bool isReplay)
    {
        // Texts of less than 32 bytes begin with 0xA0 and their length.
        "\u0023seq"u8.CopyTo(tail);
        tail[0] = 0xA3;
        tail[4] = UInt64;
        BinaryPrimitives.WriteInt64BigEndian(tail[5..], number);
        if (!isReplay)
        {
            return 13;
        }

        tail[13] = 0xA6;
        "replay"u8.CopyTo(tail[14..]);
        tail[20] = True;
        return 21;
    }

    private byte[] Compress(ReadOnlySpan<byte> json)
    {
        using var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, new ZLibCompressionOptions { CompressionLevel = options.CompressionLevel }, leaveOpen: true))
        {
            zlib.Write(json);
        }

        return buffer.ToArray();
    }
}
