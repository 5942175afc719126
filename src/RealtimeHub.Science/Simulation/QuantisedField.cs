using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Simulation;

/// <summary>A field as whole numbers between two bounds: what is hashed, and what is sent where bytes are dear.</summary>
public static class QuantisedField
{
    /// <summary>The observed field in 16 bits, little-endian, row after row: q = round((x − min) · 65535 / (max − min)).</summary>
    public static byte[] ToWords(FieldGrid grid, ObservedField field)
    {
        var words = new ushort[grid.Size * grid.Size];
        for (var row = 0; row < grid.Size; row++)
        {
            Quantise(grid.Row(0, row), words.AsSpan(row * grid.Size, grid.Size), field);
        }

        if (!BitConverter.IsLittleEndian)
        {
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(words, words);
        }

        return MemoryMarshal.AsBytes(words.AsSpan()).ToArray();
    }

    /// <summary>The observed field in 8 bits: the upper bytes of the 16, so that q = 255 is the upper bound and 0 the lower.</summary>
    public static byte[] ToBytes(FieldGrid grid, ObservedField field)
    {
        var words = ToWords(grid, field);
        var bytes = new byte[words.Length / 2];
        for (var i = 0; i < bytes.Length; i++)
        {
            // 65535 / 255 = 257.
            bytes[i] = (byte)((words[2 * i] + (words[(2 * i) + 1] << 8) + 128) / 257);
        }

        return bytes;
    }

    /// <summary>The SHA-256 multihash of <see cref="ToWords"/>: what two runs of one recipe have in common, step by step.</summary>
    public static string Checksum(FieldGrid grid, ObservedField field) => Multihash.Sha256(ToWords(grid, field));

    private static void Quantise(ReadOnlySpan<float> cells, Span<ushort> words, ObservedField field)
    {
        var (min, scale) = ((float)field.Min, (float)(ushort.MaxValue / (field.Max - field.Min)));
        var (mins, scales, half) = (Vector512.Create(min), Vector512.Create(scale), Vector512.Create(0.5f));
        var at = 0;
        for (; at <= cells.Length - 32; at += 32)
        {
            var low = Round(Vector512.Create(cells.Slice(at, 16)));
            var high = Round(Vector512.Create(cells.Slice(at + 16, 16)));
            Vector512.Narrow(low, high).CopyTo(words[at..]);
        }

        for (; at < cells.Length; at++)
        {
            var scaled = ((cells[at] - min) * scale) + 0.5f;
            words[at] = scaled <= 0f ? (ushort)0 : scaled >= ushort.MaxValue ? ushort.MaxValue : (ushort)(int)scaled;
        }

        Vector512<uint> Round(Vector512<float> x)
        {
            var scaled = ((x - mins) * scales) + half;
            scaled = Vector512.ConditionalSelect(Vector512.GreaterThan(scaled, Vector512<float>.Zero), scaled, Vector512<float>.Zero);
            var top = Vector512.Create((float)ushort.MaxValue);
            scaled = Vector512.ConditionalSelect(Vector512.GreaterThan(scaled, top), top, scaled);
            return Vector512.ConvertToInt32(scaled).AsUInt32();
        }
    }
}
