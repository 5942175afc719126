using System.IO.Compression;

namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>The way from a chunk's file to its elements.</summary>
internal static class ChunkCodec
{
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

        // Reading on also lets zlib compare its checksum.
        if (zlib.ReadByte() != -1)
        {
            throw new InvalidDataException($"decompresses to more than the {chunk.Length} bytes of a chunk");
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
}
