using System.Security.Cryptography;

namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>A Zarr v2 directory store: its metadata, and the way to its chunks. Thread-safe; its metadata is of the time it was opened.</summary>
internal sealed class ZarrStore
{
    private readonly Dictionary<string, ZarrArray> _arrays;
    private readonly StoreManifest? _manifest;

    /// <param name="directory">The store's directory.</param>
    /// <param name="metadata">Its parsed metadata.</param>
    /// <param name="limits">What it may ask for.</param>
    /// <param name="manifest">The hashes that chunks must have; a chunk that it does not name counts as missing. Null checks none.</param>
    public ZarrStore(string directory, ZarrStoreMetadata metadata, ZarrLimits limits, StoreManifest? manifest = null)
    {
        Directory = directory;
        Attributes = metadata.Attributes;
        Limits = limits;
        _manifest = manifest;
        _arrays = metadata.Arrays.ToDictionary(a => a.Name, a => new ZarrArray(this, a), StringComparer.Ordinal);
    }

    public string Directory { get; }

    public string Name => Path.GetFileName(Directory);

    public ZarrAttributes Attributes { get; }

    public ZarrLimits Limits { get; }

    public IReadOnlyCollection<ZarrArray> Arrays => _arrays.Values;

    /// <summary>Opens a store by its consolidated metadata, or by the documents of its arrays where it has none.</summary>
    /// <exception cref="ZarrFormatException">It is no Zarr v2 store that this reader supports.</exception>
    public static async ValueTask<ZarrStore> OpenAsync(string directory, ZarrLimits? limits, CancellationToken cancellationToken)
    {
        limits ??= ZarrLimits.Default;
        return new ZarrStore(directory, await ZarrStoreMetadata.ReadAsync(directory, limits, cancellationToken), limits);
    }

    public ZarrArray? Find(string array) => _arrays.GetValueOrDefault(array);

    /// <summary>Fills the buffer with a chunk's elements.</summary>
    public async ValueTask ReadChunkAsync(ZarrArrayMetadata array, int[] index, Memory<byte> chunk, CancellationToken cancellationToken)
    {
        var path = array.ChunkPath(index);
        try
        {
            var file = await ReadFileAsync(array, path, cancellationToken);
            if (file is not null)
            {
                ChunkCodec.Decode(array, file, chunk.Span);
                return;
            }
        }
        catch (Exception e) when (e is InvalidDataException or UnauthorizedAccessException)
        {
            throw new ZarrFormatException(Name, array.Name, $"chunk {array.ChunkKey(index)}", e.Message, e);
        }

        if (array.Fill is null)
        {
            throw new ZarrFormatException(Name, array.Name, $"chunk {array.ChunkKey(index)}", "is missing, and the array names no fill value");
        }

        ChunkCodec.Fill(array.Fill, chunk.Span);
    }

    private async ValueTask<byte[]?> ReadFileAsync(ZarrArrayMetadata array, string path, CancellationToken cancellationToken)
    {
        byte[]? expected = null;
        if (_manifest is not null && !_manifest.Hashes.TryGetValue(path, out expected))
        {
            return null;
        }

        var file = await ZarrFile.ReadAsync(Path.Combine(Directory, path), ChunkCodec.MaxFileBytes(array), cancellationToken);
        if (expected is not null && (file is null || !SHA256.HashData(file).AsSpan().SequenceEqual(expected)))
        {
            throw new StoreChangedException(Name, path);
        }

        return file;
    }
}
