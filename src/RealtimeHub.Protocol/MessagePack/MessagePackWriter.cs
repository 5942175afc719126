using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using static RealtimeHub.Protocol.MessagePack.MessagePackCode;

namespace RealtimeHub.Protocol.MessagePack;

/// <summary>Writes MessagePack in the shortest format of each value, into a buffer that it keeps for the next message.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class MessagePackWriter
{
    // A buffer that one large message has grown is not kept for the small ones.
    private const int MaxKeptBytes = 1 << 20;

    private byte[] _buffer = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear()
    {
        Length = 0;
        if (_buffer.Length > MaxKeptBytes)
        {
            _buffer = new byte[4096];
        }
    }

    /// <summary>The message that was written after <see cref="LengthPrefix.MaxBytes"/> bytes of room, with its length in front of it.</summary>
    public ReadOnlySpan<byte> Framed()
    {
        var start = LengthPrefix.WriteBefore(_buffer.AsSpan(0, LengthPrefix.MaxBytes), Length - LengthPrefix.MaxBytes);
        return _buffer.AsSpan(start, Length - start);
    }

    public void WriteNil() => Append(1)[0] = Nil;

    public void WriteBoolean(bool value) => Append(1)[0] = value ? True : False;

    public void WriteInt64(long value)
    {
        if (value >= 0)
        {
            WriteUInt64((ulong)value);
        }
        else if (value >= -32)
        {
            Append(1)[0] = (byte)value;
        }
        else if (value >= sbyte.MinValue)
        {
            Coded(Signed8, 1)[0] = (byte)value;
        }
        else if (value >= short.MinValue)
        {
            BinaryPrimitives.WriteInt16BigEndian(Coded(Signed16, 2), (short)value);
        }
        else if (value >= int.MinValue)
        {
            BinaryPrimitives.WriteInt32BigEndian(Coded(Signed32, 4), (int)value);
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(Coded(Signed64, 8), value);
        }
    }

    public void WriteUInt64(ulong value)
    {
        switch (value)
        {
            case <= MaxPositiveFixInt:
                Append(1)[0] = (byte)value;
                break;
            case <= byte.MaxValue:
                Coded(Unsigned8, 1)[0] = (byte)value;
                break;
            case <= ushort.MaxValue:
                BinaryPrimitives.WriteUInt16BigEndian(Coded(Unsigned16, 2), (ushort)value);
                break;
            case <= uint.MaxValue:
                BinaryPrimitives.WriteUInt32BigEndian(Coded(Unsigned32, 4), (uint)value);
                break;
            default:
                BinaryPrimitives.WriteUInt64BigEndian(Coded(Unsigned64, 8), value);
                break;
        }
    }

    public void WriteSingle(float value) => BinaryPrimitives.WriteSingleBigEndian(Coded(Float32, 4), value);

    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleBigEndian(Coded(Float64, 8), value);

    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteNil();
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        WriteTextHeader(length);
        Encoding.UTF8.GetBytes(value, Append(length));
    }

    public void WriteText(ReadOnlySpan<byte> utf8)
    {
        WriteTextHeader(utf8.Length);
        utf8.CopyTo(Append(utf8.Length));
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(WriteBytes(bytes.Length));

    /// <summary>Writes the head of a block of bytes, and gives the place for them.</summary>
    public Span<byte> WriteBytes(int length)
    {
        WriteSize(length, Bin8, Bin16, Bin32);
        return Append(length);
    }

    public void WriteArrayHeader(int count) => WriteCount(count, FixArray, Array16, Array32);

    public void WriteMapHeader(int count) => WriteCount(count, FixMap, Map16, Map32);

    /// <summary>Leaves a place for the head of a map of at most so many pairs.</summary>
    public int ReserveMapHeader(int maxCount)
    {
        var place = Length;
        Append(maxCount <= 15 ? 1 : 3);
        return place;
    }

    /// <summary>Fills the place that was left.</summary>
    public void FillMapHeader(int place, int maxCount, int count)
    {
        if (maxCount <= 15)
        {
            _buffer[place] = (byte)(FixMap + count);
            return;
        }

        _buffer[place] = Map16;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(place + 1), checked((ushort)count));
    }

    /// <summary>Writes what is MessagePack already.</summary>
    public void WriteRaw(ReadOnlySpan<byte> messagePack) => messagePack.CopyTo(Append(messagePack.Length));

    public void WriteRaw(in ReadOnlySequence<byte> messagePack) => messagePack.CopyTo(Append(checked((int)messagePack.Length)));

    /// <summary>A place at the end, for the caller to fill.</summary>
    public Span<byte> Append(int length)
    {
        if (length > _buffer.Length - Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(2L * _buffer.Length, (long)Length + length)));
        }

        var place = _buffer.AsSpan(Length, length);
        Length += length;
        return place;
    }

    private void WriteTextHeader(int length)
    {
        if (length < 32)
        {
            Append(1)[0] = (byte)(FixStr + length);
        }
        else
        {
            WriteSize(length, Str8, Str16, Str32);
        }
    }

    private void WriteCount(int count, byte fix, byte code16, byte code32)
    {
        if (count < 16)
        {
            Append(1)[0] = (byte)(fix + count);
        }
        else if (count <= ushort.MaxValue)
        {
            BinaryPrimitives.WriteUInt16BigEndian(Coded(code16, 2), (ushort)count);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(Coded(code32, 4), (uint)count);
        }
    }

    private void WriteSize(int length, byte code8, byte code16, byte code32)
    {
        if (length <= byte.MaxValue)
        {
            Coded(code8, 1)[0] = (byte)length;
        }
        else if (length <= ushort.MaxValue)
        {
            BinaryPrimitives.WriteUInt16BigEndian(Coded(code16, 2), (ushort)length);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(Coded(code32, 4), (uint)length);
        }
    }

    private Span<byte> Coded(byte code, int length)
    {
        var place = Append(length + 1);
        place[0] = code;
        return place[1..];
    }
}
