using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data;

/// <summary>Writes small Zarr stores, also such as no sound writer would.</summary>
internal sealed class StoreBuilder
{
    private readonly JsonObject _metadata = new() { [".zgroup"] = new JsonObject { ["zarr_format"] = 2 }, [".zattrs"] = new JsonObject { ["title"] = "A test" } };
    private readonly Dictionary<string, byte[]> _chunks = [];

    /// <summary>A store of two rows, three columns and these hours since 1970, with the variable <c>t2m</c>: 100 × time + 10 × row + column.</summary>
    public static StoreBuilder Hourly(params long[] hours)
    {
        var store = new StoreBuilder()
            .Array("latitude", [2], [2], "<f8", ["latitude"], ("standard_name", "latitude"))
            .Array("longitude", [3], [3], "<f8", ["longitude"], ("standard_name", "longitude"))
            .Array("time", [hours.Length], [1], "<i8", ["time"], ("standard_name", "time"), ("units", "hours since 1970-01-01"))
            .Array("t2m", [hours.Length, 2, 3], [1, 2, 3], "<f4", ["time", "latitude", "longitude"], ("units", "K"), ("standard_name", "air_temperature"))
            .Chunk("latitude/0", 37.0, 38.0)
            .Chunk("longitude/0", -100.0, -99.0, -98.0);
        store.Document("time/.zarray")["fill_value"] = null;
        for (var i = 0; i < hours.Length; i++)
        {
            store.Chunk($"time/{i}", hours[i]).Chunk($"t2m/{i}.0.0", Step(hours[i]));
        }

        return store;
    }

    /// <summary>The values of one time of <see cref="Hourly"/>.</summary>
    public static float[] Step(long hour) => [.. Enumerable.Range(0, 6).Select(i => (100 * hour) + (10 * (i / 3)) + (i % 3))];

    public StoreBuilder Array(string name, int[] shape, int[] chunks, string type, string[] dimensions, params (string Name, string Value)[] attributes)
    {
        _metadata[name + "/.zarray"] = new JsonObject
        {
            ["zarr_format"] = 2,
            ["shape"] = Numbers(shape),
            ["chunks"] = Numbers(chunks),
            ["dtype"] = type,
            ["compressor"] = new JsonObject { ["id"] = "zlib", ["level"] = 1 },
            ["fill_value"] = type is "<f4" or "<f8" ? "NaN" : 0,
            ["order"] = "C",
            ["filters"] = null,
        };
        var json = new JsonObject { ["_ARRAY_DIMENSIONS"] = new JsonArray([.. dimensions.Select(d => JsonValue.Create(d))]) };
        foreach (var (key, value) in attributes)
        {
            json[key] = value;
        }

        _metadata[name + "/.zattrs"] = json;
        return this;
    }

    /// <summary>A metadata document, to be changed.</summary>
    public JsonObject Document(string path) => _metadata[path]!.AsObject();

    /// <summary>A zlib chunk of these numbers.</summary>
    public StoreBuilder Chunk<T>(string path, params T[] values)
        where T : unmanaged => Raw(path, Compress(MemoryMarshal.AsBytes<T>(values).ToArray()));

    /// <summary>A file as it is.</summary>
    public StoreBuilder Raw(string path, byte[] bytes)
    {
        _chunks[path] = bytes;
        return this;
    }

    public StoreBuilder Without(string path)
    {
        _chunks.Remove(path);
        return this;
    }

    /// <summary>Writes the store with consolidated metadata, chunks first.</summary>
    public string Write(string directory)
    {
        foreach (var (path, bytes) in _chunks)
        {
            Put(directory, path, bytes);
        }

        return WriteMetadata(directory);
    }

    public string WriteMetadata(string directory)
    {
        var consolidated = new JsonObject { ["zarr_consolidated_format"] = 1, ["metadata"] = _metadata.DeepClone() };
        Put(directory, ".zmetadata", JsonSerializer.SerializeToUtf8Bytes(consolidated));
        return directory;
    }

    /// <summary>Writes the single documents and no consolidated metadata.</summary>
    public string WriteUnconsolidated(string directory)
    {
        foreach (var (path, bytes) in _chunks)
        {
            Put(directory, path, bytes);
        }

        foreach (var (path, document) in _metadata)
        {
            Put(directory, path, JsonSerializer.SerializeToUtf8Bytes(document));
        }

        return directory;
    }

    public static byte[] Compress(byte[] bytes)
    {
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return compressed.ToArray();
    }

    private static JsonArray Numbers(int[] values) => [.. values.Select(v => (JsonNode)v)];

    private static void Put(string directory, string path, byte[] bytes)
    {
        var to = Path.Combine(directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (File.Exists(to) && File.ReadAllBytes(to).AsSpan().SequenceEqual(bytes))
        {
            return;
        }

        // As the usual writers do it: each file appears, or changes, in one step.
        File.WriteAllBytes(to + ".partial", bytes);
        File.Move(to + ".partial", to, overwrite: true);
    }
}
