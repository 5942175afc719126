namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>A box of indices: where it starts and how far it reaches along each dimension.</summary>
internal readonly record struct ZarrSlab(int[] Start, int[] Count)
{
    /// <summary>The whole of an array.</summary>
    public static ZarrSlab All(ZarrArrayMetadata metadata) => new(new int[metadata.Rank], metadata.Shape);

    /// <summary>Whether it lies within a shape.</summary>
    public bool Fits(int[] shape)
    {
        if (Start.Length != shape.Length || Count.Length != shape.Length)
        {
            return false;
        }

        for (var d = 0; d < shape.Length; d++)
        {
            if (Start[d] < 0 || Count[d] < 0 || Start[d] > shape[d] - Count[d])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many values it holds; at most <paramref name="limit"/> + 1 is told.</summary>
    public long Length(int limit)
    {
        var length = 1L;
        foreach (var count in Count)
        {
            length *= count;
            if (length > limit)
            {
                return limit + 1L;
            }
        }

        return length;
    }
}
