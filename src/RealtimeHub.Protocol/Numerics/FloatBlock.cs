using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RealtimeHub.Protocol.Numerics;

/// <summary>A dense array of numbers with its shape, unit and scale: a field, a row of levels, a set of cells.</summary>
/// <remarks>
/// Immutable. Numbers are little-endian, the last dimension runs fastest. A stored whole number q means
/// <c>offset + scale · q</c>; float32 is stored as it is, with scale 1 and offset 0.
/// </remarks>
public sealed record FloatBlock
{
    /// <summary>How the numbers are stored, from <see cref="NumericTypes"/>.</summary>
    public required string Dtype { get; init; }

    /// <summary>The length of each dimension, slowest first.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>The unit of the numbers (<c>V</c>, <c>K</c>); 1 for none.</summary>
    public required string Units { get; init; }

    /// <summary>The difference that one step of a stored whole number makes.</summary>
    public double Scale { get; init; } = 1.0;

    /// <summary>What a stored 0 means.</summary>
    public double Offset { get; init; }

    /// <summary>The numbers.</summary>
    public required BinaryBlock Data { get; init; }

    /// <summary>Stores numbers as they are.</summary>
    public static FloatBlock Of(ReadOnlySpan<float> values, IReadOnlyList<int> shape, string units)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
        }
        else
        {
            for (var i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
            }
        }

        return new FloatBlock { Dtype = NumericTypes.Real32, Shape = shape, Units = units, Data = new BinaryBlock(bytes) };
    }

    /// <summary>The numbers, scaled back.</summary>
    /// <exception cref="InvalidDataException">The type is not known, or the data do not have the size that type and shape say.</exception>
    public float[] ToFloats()
    {
        var bytes = Data.Bytes.Span;
        var count = Shape.Aggregate(1L, (product, length) => product * length);
        var width = Dtype switch { NumericTypes.Real32 => 4, NumericTypes.Whole16 => 2, NumericTypes.Whole8 => 1, _ => 0 };
        if (width == 0 || Shape.Any(length => length < 0) || count * width != bytes.Length)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are no block of {Dtype} with the shape {string.Join(" x ", Shape)}.");
        }

        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = width switch
            {
                4 => BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * 4)..]),
                2 => (float)(Offset + (Scale * BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]))),
                _ => (float)(Offset + (Scale * bytes[i])),
            };
        }

        return values;
    }
}
