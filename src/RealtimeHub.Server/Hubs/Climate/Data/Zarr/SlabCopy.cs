using System.Buffers.Binary;
using System.Numerics;

namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>Copies the part of a slab that one chunk holds, row by row, converting the elements.</summary>
internal static class SlabCopy
{
    public static void Run<T>(ZarrArrayMetadata metadata, ReadOnlySpan<int> chunkIndex, ZarrSlab slab, ReadOnlySpan<byte> chunk, Span<T> values)
        where T : struct, INumberBase<T>
    {
        var rank = metadata.Rank;
        Span<int> low = stackalloc int[rank];
        Span<int> high = stackalloc int[rank];
        for (var d = 0; d < rank; d++)
        {
            var chunkStart = (long)chunkIndex[d] * metadata.Chunks[d];
            low[d] = (int)Math.Max(slab.Start[d], chunkStart);
            high[d] = (int)Math.Min(slab.Start[d] + slab.Count[d], chunkStart + metadata.Chunks[d]);
        }

        Span<int> at = stackalloc int[rank];
        low.CopyTo(at);
        var run = rank == 0 ? 1 : high[^1] - low[^1];
        do
        {
            int from = 0, to = 0;
            for (var d = 0; d < rank; d++)
            {
                from = (from * metadata.Chunks[d]) + (int)(at[d] - ((long)chunkIndex[d] * metadata.Chunks[d]));
                to = (to * slab.Count[d]) + (at[d] - slab.Start[d]);
            }

            Convert(metadata.Type, chunk[(from * metadata.Type.Bytes())..], values.Slice(to, run));
        }
        while (NextRow(at, low, high));
    }

    // Moves to the next row of the box: the last dimension is the row itself.
    private static bool NextRow(Span<int> at, ReadOnlySpan<int> low, ReadOnlySpan<int> high)
    {
        for (var d = at.Length - 2; d >= 0; d--)
        {
            if (++at[d] < high[d])
            {
                return true;
            }

            at[d] = low[d];
        }

        return false;
    }

    private static void Convert<T>(ZarrDataType type, ReadOnlySpan<byte> from, Span<T> to)
        where T : struct, INumberBase<T>
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = type switch
            {
                ZarrDataType.Float32 => T.CreateTruncating(BinaryPrimitives.ReadSingleLittleEndian(from[(i * 4)..])),
                ZarrDataType.Float64 => T.CreateTruncating(BinaryPrimitives.ReadDoubleLittleEndian(from[(i * 8)..])),
                ZarrDataType.Int64 => T.CreateTruncating(BinaryPrimitives.ReadInt64LittleEndian(from[(i * 8)..])),
                ZarrDataType.Int32 => T.CreateTruncating(BinaryPrimitives.ReadInt32LittleEndian(from[(i * 4)..])),
                ZarrDataType.Int16 => T.CreateTruncating(BinaryPrimitives.ReadInt16LittleEndian(from[(i * 2)..])),
                _ => T.CreateTruncating(from[i]),
            };
        }
    }
}
