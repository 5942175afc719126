using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using static RealtimeHub.Protocol.MessagePack.MessagePackCode;

namespace RealtimeHub.Protocol.MessagePack;

/// <summary>Reads MessagePack from one block of bytes, and trusts none of them: every length is held against what is there.</summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> source, MessagePackLimits limits)
{
    private readonly ReadOnlySpan<byte> _source = source;

    /// <summary>How far it has read.</summary>
    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position == _source.Length;

    /// <summary>The family of what comes next.</summary>
    /// <exception cref="InvalidDataException">There is nothing, or a byte that the format never uses.</exception>
    public readonly MessagePackKind Peek() => PeekCode() switch
    {
        <= MaxPositiveFixInt or >= MinNegativeFixInt or (>= MessagePackCode.Unsigned8 and <= MessagePackCode.Signed64) => MessagePackKind.Integer,
        < FixArray or Map16 or Map32 => MessagePackKind.Map,
        < FixStr or Array16 or Array32 => MessagePackKind.Array,
        < Nil or Str8 or Str16 or Str32 => MessagePackKind.Text,
        Nil => MessagePackKind.Nil,
        False or True => MessagePackKind.Boolean,
        Float32 or Float64 => MessagePackKind.Float,
        Bin8 or Bin16 or Bin32 => MessagePackKind.Bytes,
        NeverUsed => throw new InvalidDataException("The byte 0xC1 is no MessagePack."),
        _ => MessagePackKind.Extension,
    };

    public bool TryReadNil()
    {
        if (PeekCode() != Nil)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool ReadBoolean() => Take(1)[0] switch
    {
        True => true,
        False => false,
        _ => Throw<bool>("Expected true or false."),
    };

    /// <summary>Reads an integer: its bits, and whether they are those of a value above the largest signed one.</summary>
    public (long Bits, bool IsAboveInt64) ReadInteger()
    {
        var code = Take(1)[0];
        switch (code)
        {
            case <= MaxPositiveFixInt:
                return (code, false);
            case >= MinNegativeFixInt:
                return ((sbyte)code, false);
            case MessagePackCode.Unsigned8:
                return (Take(1)[0], false);
            case MessagePackCode.Unsigned16:
                return (BinaryPrimitives.ReadUInt16BigEndian(Take(2)), false);
            case MessagePackCode.Unsigned32:
                return (BinaryPrimitives.ReadUInt32BigEndian(Take(4)), false);
            case MessagePackCode.Unsigned64:
                var bits = BinaryPrimitives.ReadInt64BigEndian(Take(8));
                return (bits, bits < 0);
            case MessagePackCode.Signed8:
                return ((sbyte)Take(1)[0], false);
            case MessagePackCode.Signed16:
                return (BinaryPrimitives.ReadInt16BigEndian(Take(2)), false);
            case MessagePackCode.Signed32:
                return (BinaryPrimitives.ReadInt32BigEndian(Take(4)), false);
            case MessagePackCode.Signed64:
                return (BinaryPrimitives.ReadInt64BigEndian(Take(8)), false);
            default:
                return Throw<(long, bool)>("Expected a whole number.");
        }
    }

    public long ReadInt64()
    {
        var (bits, isAbove) = ReadInteger();
        return isAbove ? Throw<long>("A whole number is too large.") : bits;
    }

    /// <summary>Reads a number with a fraction.</summary>
    /// <param name="isSingle">Whether it was one of 32 bits.</param>
    public double ReadFloat(out bool isSingle)
    {
        var code = Take(1)[0];
        isSingle = code == Float32;
        return code switch
        {
            Float32 => BinaryPrimitives.ReadSingleBigEndian(Take(4)),
            Float64 => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
            _ => Throw<double>("Expected a number."),
        };
    }

    /// <summary>Reads a text as it stands: valid UTF-8.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        var code = Take(1)[0];
        var length = code switch
        {
            >= FixStr and < Nil => (uint)(code - FixStr),
            Str8 => Take(1)[0],
            Str16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            Str32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => Throw<uint>("Expected a text."),
        };
        var text = TakeBlock(length);
        return Utf8.IsValid(text) ? text : throw new InvalidDataException("A text is not valid UTF-8.");
    }

    public string? ReadString() => TryReadNil() ? null : Encoding.UTF8.GetString(ReadText());

    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = Take(1)[0] switch
        {
            Bin8 => Take(1)[0],
            Bin16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            Bin32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => Throw<uint>("Expected a block of bytes."),
        };
        return TakeBlock(length);
    }

    /// <summary>Reads an extension: its type and its bytes.</summary>
    public ReadOnlySpan<byte> ReadExtension(out sbyte type)
    {
        var code = Take(1)[0];
        var length = code switch
        {
            >= FixExt1 and <= FixExt16 => 1u << (code - FixExt1),
            Ext8 => Take(1)[0],
            Ext16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            Ext32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => Throw<uint>("Expected an extension."),
        };
        type = (sbyte)Take(1)[0];
        return TakeBlock(length);
    }

    /// <summary>Reads how many items an array has. There are at least as many bytes left.</summary>
    public int ReadArrayHeader()
    {
        var code = Take(1)[0];
        return Count(
            code switch
            {
                >= FixArray and < FixStr => (uint)(code - FixArray),
                Array16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
                Array32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
                _ => Throw<uint>("Expected an array."),
            },
            bytesPerItem: 1);
    }

    /// <summary>Reads how many pairs a map has. There are at least twice as many bytes left.</summary>
    public int ReadMapHeader()
    {
        var code = Take(1)[0];
        return Count(
            code switch
            {
                >= FixMap and < FixArray => (uint)(code - FixMap),
                Map16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
                Map32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
                _ => Throw<uint>("Expected a map."),
            },
            bytesPerItem: 2);
    }

    /// <summary>Passes over one value, whatever it is, and checks that it is well formed.</summary>
    public void Skip() => Skip(limits.MaxDepth);

    /// <summary>What lies between an earlier position and this one.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => _source[start..Position];

    private void Skip(int depth)
    {
        switch (Peek())
        {
            case MessagePackKind.Nil or MessagePackKind.Boolean:
                Position++;
                break;
            case MessagePackKind.Integer:
                ReadInteger();
                break;
            case MessagePackKind.Float:
                ReadFloat(out _);
                break;
            case MessagePackKind.Text:
                ReadText();
                break;
            case MessagePackKind.Bytes:
                ReadBytes();
                break;
            case MessagePackKind.Extension:
                ReadExtension(out _);
                break;
            case MessagePackKind.Array:
                SkipItems(ReadArrayHeader(), depth);
                break;
            case MessagePackKind.Map:
                SkipItems(2L * ReadMapHeader(), depth);
                break;
        }
    }

    private void SkipItems(long count, int depth)
    {
        if (depth == 0)
        {
            Throw<int>($"Arrays and maps may nest {limits.MaxDepth} deep; these nest deeper.");
        }

        for (var i = 0L; i < count; i++)
        {
            Skip(depth - 1);
        }
    }

    private readonly byte PeekCode() => Position < _source.Length ? _source[Position] : Throw<byte>("The message ends too early.");

    private readonly int Count(uint count, int bytesPerItem)
    {
        if (count > limits.MaxCount)
        {
            Throw<int>($"An array or a map may have {limits.MaxCount} items; this one has {count}.");
        }

        return count * (long)bytesPerItem <= _source.Length - Position ? (int)count : Throw<int>("The message ends too early.");
    }

    private ReadOnlySpan<byte> TakeBlock(uint length)
    {
        if (length > limits.MaxLength)
        {
            Throw<int>($"A text or a block may have {limits.MaxLength} bytes; this one has {length}.");
        }

        return Take((int)length);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _source.Length - Position)
        {
            Throw<int>("The message ends too early.");
        }

        var taken = _source.Slice(Position, length);
        Position += length;
        return taken;
    }

    [DoesNotReturn]
    private static T Throw<T>(string why) => throw new InvalidDataException(why);
}
