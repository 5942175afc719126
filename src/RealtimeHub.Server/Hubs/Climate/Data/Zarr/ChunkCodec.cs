using System.Buffers.Binary;
using System.IO.Compression;

namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>The way from a chunk's file to its elements.</summary>
internal static class ChunkCodec
{
    private const int ChecksumBytes = 4;

    /// <summary>The largest file that can be a chunk: zlib never adds more than a little to what it cannot compress.</summary>
    public static long MaxFileBytes(ZarrArrayMetadata metadata) =>
        metadata.IsCompressed ? metadata.ChunkBytes + (metadata.ChunkBytes / 8L) + 4096 : metadata.ChunkBytes;

    /// <summary>Decodes a file into exactly the bytes of one chunk.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or is not one chunk's size.</exception>
    public static void Decode(ZarrArrayMetadata metadata, byte[] file, Span<byte> chunk)
    {
        if (!metadata.IsCompressed)
        {
            if (file.Length != chunk.Length)
            {
                throw new InvalidDataException($"has {file.Length} bytes where a chunk has {chunk.Length}");
            }

            file.CopyTo(chunk);
            return;
        }

        using var zlib = new ZLibStream(new MemoryStream(file, writable: false), CompressionMode.Decompress);
        var read = zlib.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
        if (read != chunk.Length)
        {
            throw new InvalidDataException($"decompresses to {read} bytes where a chunk has {chunk.Length}");
        }

        if (zlib.ReadByte() != -1)
        {
            throw new InvalidDataException($"decompresses to more than the {chunk.Length} bytes of a chunk");
        }

        // The stream takes a file that was cut within its checksum for whole.
        if (file.Length < ChecksumBytes || BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(file.Length - ChecksumBytes)) != Adler32(chunk))
        {
            throw new InvalidDataException("does not end with the checksum of its content");
        }
    }

    /// <summary>The content of a chunk that has no file.</summary>
    public static void Fill(ReadOnlySpan<byte> element, Span<byte> chunk)
    {
        for (var at = 0; at < chunk.Length; at += element.Length)
        {
            element.CopyTo(chunk[at..]);
        }
    }

    // RFC 1950, section 8.2.
    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        // 5552 is the most bytes that can be summed before the sums leave 32 bits.
        const int Run = 5552;
        const uint Modulus = 65521;
        uint a = 1, b = 0;
        for (var start = 0; start < bytes.Length; start += Run)
        {
            foreach (var value in bytes.Slice(start, Math.Min(Run, bytes.Length - start)))
            {
                a += value;
                b += a;
            }

            a %= Modulus;
            b %= Modulus;
        }

        return (b << 16) | a;
    }
}
