namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>The shape of one array and how its chunks are stored.</summary>
/// <remarks>
/// Fill: the bytes of one element of a chunk that is missing; null where the store names none.
/// Dimensions: the names of the dimensions; null where the array does not name them.
/// </remarks>
internal sealed record ZarrArrayMetadata(
    string Name,
    int[] Shape,
    int[] Chunks,
    ZarrDataType Type,
    bool IsCompressed,
    byte[]? Fill,
    char Separator,
    IReadOnlyList<string>? Dimensions,
    ZarrAttributes Attributes)
{
    public int Rank => Shape.Length;

    /// <summary>Decoded bytes of a chunk; edge chunks are padded to the same size.</summary>
    public int ChunkBytes { get; } = Chunks.Aggregate(Type.Bytes(), (bytes, length) => bytes * length);

    /// <summary>How many chunks there are along a dimension.</summary>
    public int ChunkCount(int dimension) => (int)(((long)Shape[dimension] + Chunks[dimension] - 1) / Chunks[dimension]);

    /// <summary>How many chunks there are.</summary>
    public long TotalChunks()
    {
        var total = 1L;
        for (var d = 0; d < Rank && total is > 0 and < int.MaxValue; d++)
        {
            total *= ChunkCount(d);
        }

        return total;
    }

    /// <summary>The file of a chunk, relative to the store.</summary>
    public string ChunkPath(ReadOnlySpan<int> index) => $"{Name}/{ChunkKey(index)}";

    public string ChunkKey(ReadOnlySpan<int> index) => index.IsEmpty ? "0" : string.Join(Separator, index.ToArray());
}
