namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>What a store may ask for; checked before anything is allocated on its word.</summary>
internal sealed record ZarrLimits
{
    public static ZarrLimits Default { get; } = new();

    /// <summary>Bytes of one metadata document. Default 16 MiB.</summary>
    public int MaxMetadataBytes { get; init; } = 16 << 20;

    /// <summary>Arrays of one store. Default 1,000.</summary>
    public int MaxArrays { get; init; } = 1_000;

    /// <summary>Dimensions of one array. Default 8.</summary>
    public int MaxRank { get; init; } = 8;

    /// <summary>Decoded bytes of one chunk. Default 64 MiB.</summary>
    public int MaxChunkBytes { get; init; } = 64 << 20;

    /// <summary>Chunks of one store, over all arrays. Default 200,000.</summary>
    public int MaxChunks { get; init; } = 200_000;

    /// <summary>Times of one store. Default 1,000,000.</summary>
    public int MaxTimes { get; init; } = 1_000_000;

    /// <summary>Levels of one store. Default 1,000.</summary>
    public int MaxLevels { get; init; } = 1_000;

    /// <summary>Values that one read may return. Default 64 Mi.</summary>
    public int MaxValuesPerRead { get; init; } = 64 << 20;
}
