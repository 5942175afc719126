using System.Security.Cryptography;
using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Data.Watching;

/// <summary>Reads and hashes the files of one store for one inspection; what an earlier one read and has not changed is not read again.</summary>
internal sealed class StoreFiles(string directory, IReadOnlyDictionary<string, FileStamp> stamps, IReadOnlyDictionary<string, CheckedFile> known)
{
    private readonly Dictionary<string, CheckedFile> _files = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, CheckedFile> Read => _files;

    public IReadOnlyDictionary<string, FileStamp> Stamps => stamps;

    /// <summary>The stamp of every file in a store, by its path relative to it.</summary>
    /// <exception cref="InvalidDataException">There are more files than the bound.</exception>
    public static Dictionary<string, FileStamp> Stamp(string directory, int maxFiles)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 16, AttributesToSkip = FileAttributes.ReparsePoint };
        var stamps = new Dictionary<string, FileStamp>(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*", options))
        {
            if (stamps.Count == maxFiles)
            {
                throw new InvalidDataException($"holds more than {maxFiles} files");
            }

            if (file.Exists)
            {
                stamps[Path.GetRelativePath(directory, file.FullName).Replace('\\', '/')] = new FileStamp(file.Length, file.LastWriteTimeUtc);
            }
        }

        return stamps;
    }

    public bool Has(string path) => stamps.ContainsKey(path);

    /// <summary>Hashes a metadata document and returns its bytes; null where there is none.</summary>
    public async ValueTask<byte[]?> ReadDocumentAsync(string path, int maxBytes, CancellationToken cancellationToken)
    {
        var bytes = Has(path) ? await ZarrFile.ReadAsync(Path.Combine(directory, path), maxBytes, cancellationToken) : null;
        if (bytes is not null)
        {
            _files[path] = new CheckedFile(stamps[path], SHA256.HashData(bytes), IsWhole: true, default);
        }

        return bytes;
    }

    /// <summary>Whether a chunk's file is there, can be decoded, and was not being written meanwhile.</summary>
    public async ValueTask<bool> IsWholeAsync(ZarrArrayMetadata array, string path, byte[] buffer, CancellationToken cancellationToken)
    {
        if (!stamps.TryGetValue(path, out var stamp))
        {
            return false;
        }

        if (!known.TryGetValue(path, out var file) || file.Stamp != stamp || file.Decoding != (array.ChunkBytes, array.IsCompressed))
        {
            file = await CheckAsync(array, path, stamp, buffer, cancellationToken);
        }

        if (file is not null)
        {
            _files[path] = file;
        }

        return file is { IsWhole: true };
    }

    private async ValueTask<CheckedFile?> CheckAsync(ZarrArrayMetadata array, string path, FileStamp stamp, byte[] buffer, CancellationToken cancellationToken)
    {
        var fullPath = Path.Combine(directory, path);
        try
        {
            var bytes = await ZarrFile.ReadAsync(fullPath, ChunkCodec.MaxFileBytes(array), cancellationToken);
            if (bytes is null || FileStamp.Of(fullPath) != stamp)
            {
                return null;
            }

            ChunkCodec.Decode(array, bytes, buffer.AsSpan(0, array.ChunkBytes));
            return new CheckedFile(stamp, SHA256.HashData(bytes), IsWhole: true, (array.ChunkBytes, array.IsCompressed));
        }
        catch (Exception e) when (e is InvalidDataException or UnauthorizedAccessException)
        {
            return new CheckedFile(stamp, [], IsWhole: false, (array.ChunkBytes, array.IsCompressed));
        }
    }
}
