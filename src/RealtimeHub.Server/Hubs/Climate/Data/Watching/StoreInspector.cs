using System.Buffers;
using RealtimeHub.Server.Hubs.Climate.Data.Cf;
using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Data.Watching;

/// <summary>Finds out which times of a store are complete, and hashes what they consist of.</summary>
/// <remarks>
/// A time is complete when every chunk of every array that holds it decodes, or is declared missing by its key in the array's attribute
/// <c>missing_chunks</c>. Arrays without time have to be complete themselves. Only consolidated metadata count: they are written last.
/// </remarks>
internal sealed class StoreInspector(ZarrLimits limits)
{
    private const string DeclaredMissing = "missing_chunks";

    /// <summary>Inspects a store; the previous inspection itself is returned where no file changed since.</summary>
    public async ValueTask<StoreInspection> InspectAsync(string directory, StoreInspection? previous, CancellationToken cancellationToken)
    {
        var files = new StoreFiles(directory, new Dictionary<string, FileStamp>(), new Dictionary<string, CheckedFile>());
        try
        {
            // Every chunk, its array's two documents, and the group's three.
            var stamps = StoreFiles.Stamp(directory, limits.MaxChunks + (2 * limits.MaxArrays) + 3);
            if (previous is { Problem: null } && AreEqual(previous.Stamps, stamps))
            {
                return previous;
            }

            files = new StoreFiles(directory, stamps, previous?.Files ?? files.Read);
            return await InspectAsync(directory, files, cancellationToken);
        }
        catch (ZarrFormatException e)
        {
            return Refused(directory, files, e);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Refused(directory, files, new ZarrFormatException(Path.GetFileName(directory), null, "directory", $"cannot be read: {e.Message}", e));
        }
    }

    private async ValueTask<StoreInspection> InspectAsync(string directory, StoreFiles files, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(directory);
        var consolidated = await files.ReadDocumentAsync(ZarrStoreMetadata.Consolidated, limits.MaxMetadataBytes, cancellationToken)
            ?? throw new ZarrFormatException(name, null, ZarrStoreMetadata.Consolidated, "is missing; only consolidated stores are served");
        var metadata = ZarrStoreMetadata.ParseConsolidated(name, consolidated, limits);
        foreach (var document in Documents(metadata))
        {
            await files.ReadDocumentAsync(document, limits.MaxMetadataBytes, cancellationToken);
        }

        var roles = CfRoles.Find(metadata.Arrays);
        if (roles.Time is null)
        {
            throw new ZarrFormatException(name, null, "time", "is not there as a coordinate");
        }

        if (roles.Time.Shape[0] > limits.MaxTimes)
        {
            throw new ZarrFormatException(name, roles.Time.Name, "shape", $"has more than {limits.MaxTimes} times");
        }

        var isReady = new bool[roles.Time.Shape[0]];
        Array.Fill(isReady, true);
        var chunks = new List<ChunkTimes>();
        foreach (var array in metadata.Arrays)
        {
            chunks.AddRange(await CheckAsync(name, array, roles.TimeDimension!, files, isReady, cancellationToken));
        }

        int[] ready = [.. Enumerable.Range(0, isReady.Length).Where(i => isReady[i])];
        return ready.Length == 0
            ? throw new ZarrFormatException(name, null, "time", "has no value for which every chunk is there")
            : new StoreInspection(directory, limits, files.Stamps, files.Read, metadata, Manifest(metadata, files, chunks, isReady), ready, null);
    }

    private static bool AreEqual(IReadOnlyDictionary<string, FileStamp> before, Dictionary<string, FileStamp> now) =>
        before.Count == now.Count && before.All(file => now.TryGetValue(file.Key, out var stamp) && stamp == file.Value);

    private static IEnumerable<string> Documents(ZarrStoreMetadata metadata) =>
        metadata.Arrays
            .SelectMany(a => new[] { $"{a.Name}/{ZarrStoreMetadata.ArrayDocument}", $"{a.Name}/{ZarrStoreMetadata.AttributesDocument}" })
            .Prepend(ZarrStoreMetadata.AttributesDocument)
            .Prepend(ZarrStoreMetadata.GroupDocument);

    // Checks the chunks of an array, striking out the times whose chunks are not whole.
    private static async ValueTask<List<ChunkTimes>> CheckAsync(
        string store, ZarrArrayMetadata array, string timeDimension, StoreFiles files, bool[] isReady, CancellationToken cancellationToken)
    {
        var timeAxis = array.Dimensions?.ToList().IndexOf(timeDimension) ?? -1;
        if (timeAxis >= 0 && array.Shape[timeAxis] != isReady.Length)
        {
            throw new ZarrFormatException(store, array.Name, "shape", $"has {array.Shape[timeAxis]} times where {timeDimension} has {isReady.Length}");
        }

        var declared = (array.Attributes.Names(DeclaredMissing) ?? []).ToHashSet(StringComparer.Ordinal);
        var chunks = new List<ChunkTimes>();
        var buffer = ArrayPool<byte>.Shared.Rent(array.ChunkBytes);
        try
        {
            foreach (var index in ChunkIndices(array))
            {
                var path = array.ChunkPath(index);
                var times = timeAxis < 0 ? (From: 0, Length: 0) : Times(array, timeAxis, index[timeAxis]);
                if (await files.IsWholeAsync(array, path, buffer, cancellationToken))
                {
                    chunks.Add(new ChunkTimes(path, times.From, times.Length));
                }
                else if (files.Has(path) || array.Fill is null || !declared.Contains(array.ChunkKey(index)))
                {
                    Array.Fill(isReady, false, times.From, times.Length);
                    if (timeAxis < 0)
                    {
                        throw new ZarrFormatException(store, array.Name, $"chunk {array.ChunkKey(index)}", "is missing or damaged");
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return chunks;
    }

    private static (int From, int Length) Times(ZarrArrayMetadata array, int timeAxis, int chunk)
    {
        var from = chunk * array.Chunks[timeAxis];
        return (from, Math.Min(array.Chunks[timeAxis], array.Shape[timeAxis] - from));
    }

    private static IEnumerable<int[]> ChunkIndices(ZarrArrayMetadata array)
    {
        var index = new int[array.Rank];
        for (var left = array.TotalChunks(); left > 0; left--)
        {
            yield return index;
            for (var d = array.Rank - 1; d >= 0 && ++index[d] == array.ChunkCount(d); d--)
            {
                index[d] = 0;
            }
        }
    }

    private static StoreManifest Manifest(ZarrStoreMetadata metadata, StoreFiles files, List<ChunkTimes> chunks, bool[] isReady)
    {
        var served = chunks.Where(c => c.Times == 0 || isReady.AsSpan(c.From, c.Times).Contains(true)).Select(c => c.Path);
        var documents = Documents(metadata).Prepend(ZarrStoreMetadata.Consolidated).Where(files.Read.ContainsKey);
        return new StoreManifest(served.Concat(documents).ToDictionary(path => path, path => files.Read[path].Hash, StringComparer.Ordinal));
    }

    private StoreInspection Refused(string directory, StoreFiles files, ZarrFormatException problem) =>
        new(directory, limits, files.Stamps, files.Read, null, null, [], problem);

    /// <summary>A whole chunk and the times it holds; none for a chunk without time.</summary>
    private readonly record struct ChunkTimes(string Path, int From, int Times);
}
