using System.Buffers;
using System.Numerics;

namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>Reads boxes of one array, opening only the chunks that they touch. Thread-safe.</summary>
internal sealed class ZarrArray(ZarrStore store, ZarrArrayMetadata metadata)
{
    public ZarrArrayMetadata Metadata { get; } = metadata;

    /// <summary>The whole array in C order.</summary>
    public ValueTask<T[]> ReadAllAsync<T>(CancellationToken cancellationToken)
        where T : struct, INumberBase<T> => ReadAsync<T>(ZarrSlab.All(Metadata), cancellationToken);

    /// <summary>A box of the array in C order. Integers are widened exactly to <see cref="long"/>; other conversions round.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The box leaves the array.</exception>
    /// <exception cref="ZarrFormatException">A chunk is damaged, or missing where the array names no fill value, or the box is too large.</exception>
    /// <exception cref="StoreChangedException">A chunk is not the one of the manifest.</exception>
    public async ValueTask<T[]> ReadAsync<T>(ZarrSlab slab, CancellationToken cancellationToken)
        where T : struct, INumberBase<T>
    {
        if (!slab.Fits(Metadata.Shape))
        {
            throw new ArgumentOutOfRangeException(nameof(slab), $"The box leaves the array '{Metadata.Name}'.");
        }

        var length = slab.Length(store.Limits.MaxValuesPerRead);
        if (length > store.Limits.MaxValuesPerRead)
        {
            throw new ZarrFormatException(store.Name, Metadata.Name, "shape", $"asks for more than {store.Limits.MaxValuesPerRead} values in one read");
        }

        if (typeof(T) == typeof(long) && !Metadata.Type.IsInteger())
        {
            throw new ZarrFormatException(store.Name, Metadata.Name, "dtype", "is not a whole number");
        }

        var values = new T[length];
        if (length > 0)
        {
            await ReadChunksAsync(slab, values, cancellationToken);
        }

        return values;
    }

    private async ValueTask ReadChunksAsync<T>(ZarrSlab slab, T[] values, CancellationToken cancellationToken)
        where T : struct, INumberBase<T>
    {
        var rank = Metadata.Rank;
        var first = new int[rank];
        var last = new int[rank];
        for (var d = 0; d < rank; d++)
        {
            first[d] = slab.Start[d] / Metadata.Chunks[d];
            last[d] = (slab.Start[d] + slab.Count[d] - 1) / Metadata.Chunks[d];
        }

        var rented = ArrayPool<byte>.Shared.Rent(Metadata.ChunkBytes);
        try
        {
            var index = (int[])first.Clone();
            do
            {
                await store.ReadChunkAsync(Metadata, index, rented.AsMemory(0, Metadata.ChunkBytes), cancellationToken);
                SlabCopy.Run<T>(Metadata, index, slab, rented.AsSpan(0, Metadata.ChunkBytes), values);
            }
            while (Next(index, first, last));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static bool Next(int[] index, int[] first, int[] last)
    {
        for (var d = index.Length - 1; d >= 0; d--)
        {
            if (++index[d] <= last[d])
            {
                return true;
            }

            index[d] = first[d];
        }

        return false;
    }
}
