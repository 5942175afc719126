using System.Buffers.Binary;
using System.IO.Compression;

namespace RealtimeHub.Cli.Simulation;

/// <summary>A field as a picture: PNG, eight bits per channel.</summary>
internal static class PngFile
{
    // Dark blue over teal and yellow to white, in steps that look equal.
    private static readonly (byte R, byte G, byte B)[] Colours =
        [(13, 8, 56), (48, 44, 121), (41, 97, 140), (32, 144, 141), (76, 190, 107), (190, 215, 65), (253, 231, 90), (255, 252, 230)];

    /// <summary>Writes a field; its smallest value is the darkest colour, its largest the lightest.</summary>
    public static void Write(Stream stream, ReadOnlySpan<float> field, int width, int height)
    {
        stream.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = 2;
        header[10..].Clear();
        Chunk(stream, "IHDR"u8, header);
        Chunk(stream, "IDAT"u8, Compress(Rows(field, width, height)));
        Chunk(stream, "IEND"u8, []);
    }

    private static byte[] Rows(ReadOnlySpan<float> field, int width, int height)
    {
        var (min, max) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in field)
        {
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }

        // Each row begins with its filter, 0 for none.
        var rows = new byte[height * (1 + (3 * width))];
        for (var i = 0; i < field.Length; i++)
        {
            var at = (i / width * (1 + (3 * width))) + 1 + (3 * (i % width));
            var place = max > min ? (field[i] - min) / (max - min) * (Colours.Length - 1) : 0f;
            var below = Math.Min((int)place, Colours.Length - 2);
            var (low, high, share) = (Colours[below], Colours[below + 1], place - below);
            rows[at] = Mix(low.R, high.R, share);
            rows[at + 1] = Mix(low.G, high.G, share);
            rows[at + 2] = Mix(low.B, high.B, share);
        }

        return rows;
    }

    private static byte Mix(byte low, byte high, float share) => (byte)(low + ((high - low) * share) + 0.5f);

    private static byte[] Compress(byte[] rows)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
        {
            zlib.Write(rows);
        }

        return compressed.ToArray();
    }

    private static void Chunk(Stream stream, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(name);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(name, data));
        stream.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        var crc = Update(uint.MaxValue, name);
        return ~Update(crc, data);
    }

    // The cyclic redundancy code of the PNG specification, bit by bit.
    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return crc;
    }
}
