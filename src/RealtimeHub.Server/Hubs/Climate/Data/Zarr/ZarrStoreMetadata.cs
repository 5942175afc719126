using System.Text.Json;
using RealtimeHub.Server.Hubs.Events.Schema;

namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>The metadata documents of a store, parsed and checked.</summary>
internal sealed record ZarrStoreMetadata(ZarrAttributes Attributes, IReadOnlyList<ZarrArrayMetadata> Arrays)
{
    public const string Consolidated = ".zmetadata";
    public const string ArrayDocument = ".zarray";
    public const string AttributesDocument = ".zattrs";
    public const string GroupDocument = ".zgroup";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Reads the consolidated metadata, or the single documents where there is none.</summary>
    public static async ValueTask<ZarrStoreMetadata> ReadAsync(string directory, ZarrLimits limits, CancellationToken cancellationToken)
    {
        var store = Path.GetFileName(directory);
        if (await ReadDocumentAsync(directory, Consolidated, limits, cancellationToken) is { } bytes)
        {
            return ParseConsolidated(store, bytes, limits);
        }

        var documents = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in EnumerateDocuments(directory, limits))
        {
            if (await ReadDocumentAsync(directory, name, limits, cancellationToken) is { } document)
            {
                documents[name] = ParseDocument(store, name, document);
            }
        }

        return FromDocuments(store, documents, limits);
    }

    /// <summary>Parses the content of <c>.zmetadata</c>.</summary>
    public static ZarrStoreMetadata ParseConsolidated(string store, ReadOnlyMemory<byte> bytes, ZarrLimits limits)
    {
        var root = ParseDocument(store, Consolidated, bytes);
        if (!root.TryGetProperty("zarr_consolidated_format", out var format) || format.ValueKind != JsonValueKind.Number || !format.TryGetInt32(out var version) || version != 1)
        {
            throw new ZarrFormatException(store, null, $"{Consolidated} zarr_consolidated_format", "has to be 1");
        }

        if (!root.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object)
        {
            throw new ZarrFormatException(store, null, $"{Consolidated} metadata", "has to be an object");
        }

        return FromDocuments(store, metadata.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal), limits);
    }

    private static ZarrStoreMetadata FromDocuments(string store, Dictionary<string, JsonElement> documents, ZarrLimits limits)
    {
        if (!documents.TryGetValue(GroupDocument, out var group))
        {
            throw new ZarrFormatException(store, null, GroupDocument, "is missing; Zarr v2 group stores are read, version 3 is not");
        }

        ZarrArrayParser.RequireVersion2(store, null, GroupDocument, group);
        var arrays = new List<ZarrArrayMetadata>();
        var chunks = 0L;
        foreach (var (path, document) in documents.Where(d => d.Key.EndsWith("/" + ArrayDocument, StringComparison.Ordinal)))
        {
            var name = path[..^(ArrayDocument.Length + 1)];
            var attributes = FindAttributes(store, documents, $"{name}/{AttributesDocument}");
            var array = new ZarrArrayParser(store, name, limits).Parse(document, attributes);
            chunks += array.TotalChunks();
            if (arrays.Count == limits.MaxArrays || chunks > limits.MaxChunks)
            {
                throw new ZarrFormatException(store, name, "shape", $"makes the store larger than {limits.MaxArrays} arrays or {limits.MaxChunks} chunks");
            }

            arrays.Add(array);
        }

        return new ZarrStoreMetadata(FindAttributes(store, documents, AttributesDocument), arrays);
    }

    private static ZarrAttributes FindAttributes(string store, Dictionary<string, JsonElement> documents, string path) =>
        !documents.TryGetValue(path, out var json) ? ZarrAttributes.None
        : json.ValueKind == JsonValueKind.Object ? new ZarrAttributes(json)
        : throw new ZarrFormatException(store, null, path, "has to be an object");

    private static JsonElement ParseDocument(string store, string name, ReadOnlyMemory<byte> bytes)
    {
        if (!JsonTextCheck.IsUnicode(bytes.Span))
        {
            throw new ZarrFormatException(store, null, name, "is not Unicode text");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new ZarrFormatException(store, null, name, "has to be a JSON object");
        }
        catch (JsonException e)
        {
            throw new ZarrFormatException(store, null, name, "is not JSON", e);
        }
    }

    private static async ValueTask<byte[]?> ReadDocumentAsync(string directory, string name, ZarrLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            return await ZarrFile.ReadAsync(Path.Combine(directory, name), limits.MaxMetadataBytes, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or UnauthorizedAccessException)
        {
            throw new ZarrFormatException(Path.GetFileName(directory), null, name, e.Message, e);
        }
    }

    private static List<string> EnumerateDocuments(string directory, ZarrLimits limits)
    {
        if (!Directory.Exists(directory))
        {
            throw new ZarrFormatException(Path.GetFileName(directory), null, "directory", "does not exist");
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4, AttributesToSkip = FileAttributes.ReparsePoint };
        string[] kinds = [GroupDocument, ArrayDocument, AttributesDocument];
        return [.. kinds
            .SelectMany(kind => Directory.EnumerateFiles(directory, kind, options).Take(limits.MaxArrays + 1))
            .Select(file => Path.GetRelativePath(directory, file).Replace('\\', '/'))];
    }
}
