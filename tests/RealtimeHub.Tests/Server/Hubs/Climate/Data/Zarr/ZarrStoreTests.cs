using System.Text;
using System.Text.Json.Nodes;
using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data.Zarr;

public class ZarrStoreTests
{
    public static TheoryData<string, string, string> HostileMembers => new()
    {
        { "zarr_format", "3", "zarr_format" },
        { "zarr_format", "\"2\"", "zarr_format" },
        { "filters", """[{"id":"delta"}]""", "filters" },
        { "compressor", """{"id":"blosc"}""", "compressor" },
        { "compressor", """{"id":7}""", "compressor" },
        { "compressor", "\"zlib\"", "compressor" },
        { "order", "\"F\"", "order" },
        { "dtype", "\"|O\"", "dtype" },
        { "dtype", "\">f4\"", "dtype" },
        { "dtype", "\"<f2\"", "dtype" },
        { "dtype", """[["a","<f4"]]""", "dtype" },
        { "shape", "[-1,2,3]", "shape[0]" },
        { "shape", "[1.5,2,3]", "shape[0]" },
        { "shape", "[9999999999,2,3]", "shape[0]" },
        { "shape", "[2,3]", "chunks" },
        { "shape", "[1,1,1,1,1,1,1,1,1]", "shape" },
        { "shape", "6", "shape" },
        { "shape", "[2147483647,2147483647,2147483647]", "shape" },
        { "chunks", "[1,0,3]", "chunks[1]" },
        { "chunks", "[2147483647,2147483647,2147483647]", "chunks" },
        { "chunks", "[1,4096,4097]", "chunks" },
        { "fill_value", "\"nan\"", "fill_value" },
        { "fill_value", "[]", "fill_value" },
        { "dimension_separator", "\"..\"", "dimension_separator" },
    };

    [Theory]
    [MemberData(nameof(HostileMembers))]
    public async Task OpenAsync_refuses_what_it_does_not_support_naming_store_array_and_member(string member, string json, string expected)
    {
        using var folder = new TempFolder();
        var builder = StoreBuilder.Hourly(0);
        builder.Document("t2m/.zarray")[member] = JsonNode.Parse(json);

        var error = await RefusalAsync(builder.Write(folder["hostile.zarr"]));

        Assert.Equal("hostile.zarr", error.Store);
        Assert.Equal("t2m", error.Array);
        Assert.EndsWith(expected, error.Member, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    [InlineData(".hidden")]
    [InlineData("a\\b")]
    public async Task OpenAsync_refuses_an_array_whose_name_leads_out_of_the_store(string name)
    {
        using var folder = new TempFolder();

        var error = await RefusalAsync(new StoreBuilder().Array(name, [1], [1], "<f4", ["x"]).WriteMetadata(folder["a.zarr"]));

        Assert.Equal("name", error.Member);
    }

    [Theory]
    [InlineData("", ".zmetadata")]
    [InlineData("[]", ".zmetadata")]
    [InlineData("{\"metadata\":", ".zmetadata")]
    [InlineData("""{"metadata":{".zgroup":{"zarr_format":2}}}""", ".zmetadata zarr_consolidated_format")]
    [InlineData("""{"metadata":[],"zarr_consolidated_format":1}""", ".zmetadata metadata")]
    [InlineData("""{"metadata":{},"zarr_consolidated_format":1}""", ".zgroup")]
    [InlineData("""{"metadata":{".zgroup":{"zarr_format":2},".zattrs":3},"zarr_consolidated_format":1}""", ".zattrs")]
    [InlineData("""{"metadata":{},"metadata":{},"zarr_consolidated_format":1}""", ".zmetadata")]
    [InlineData("""{"metadata":{".zgroup":{"zarr_format":2},".zattrs":{"title":"\ud800"}},"zarr_consolidated_format":1}""", ".zmetadata")]
    [InlineData("""{"metadata":{"\udc00":{}},"zarr_consolidated_format":1}""", ".zmetadata")]
    [InlineData("""{"metadata":{".zgroup":{"zarr_format":2},"a/.zarray":null},"zarr_consolidated_format":1}""", ".zarray zarr_format")]
    public async Task OpenAsync_refuses_broken_metadata(string text, string member)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["a.zarr"]);
        await File.WriteAllTextAsync(Path.Combine(folder["a.zarr"], ".zmetadata"), text);

        Assert.Equal(member, (await RefusalAsync(folder["a.zarr"])).Member);
    }

    [Fact]
    public async Task OpenAsync_refuses_deep_metadata()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["a.zarr"]);
        await File.WriteAllTextAsync(Path.Combine(folder["a.zarr"], ".zmetadata"), new StringBuilder().Insert(0, "{\"a\":", 100_000).ToString());

        Assert.Equal(".zmetadata", (await RefusalAsync(folder["a.zarr"])).Member);
    }

    [Fact]
    public async Task OpenAsync_refuses_more_metadata_arrays_or_chunks_than_its_limits()
    {
        using var folder = new TempFolder();
        var path = StoreBuilder.Hourly(0, 1, 2).Write(folder["a.zarr"]);

        Assert.Equal(".zmetadata", (await RefusalAsync(path, new ZarrLimits { MaxMetadataBytes = 100 })).Member);
        Assert.Equal("shape", (await RefusalAsync(path, new ZarrLimits { MaxArrays = 3 })).Member);
        Assert.Equal("shape", (await RefusalAsync(path, new ZarrLimits { MaxChunks = 7 })).Member);
        Assert.Equal("chunks", (await RefusalAsync(path, new ZarrLimits { MaxChunkBytes = 23 })).Member);
    }

    [Fact]
    public async Task OpenAsync_refuses_dimension_names_that_do_not_go_with_the_shape()
    {
        using var folder = new TempFolder();
        var builder = StoreBuilder.Hourly(0);
        builder.Document("t2m/.zattrs")["_ARRAY_DIMENSIONS"] = new JsonArray("time", "latitude");

        Assert.Equal("_ARRAY_DIMENSIONS", (await RefusalAsync(builder.Write(folder["a.zarr"]))).Member);
    }

    [Fact]
    public async Task OpenAsync_refuses_a_directory_that_is_not_there() =>
        Assert.Equal("directory", (await RefusalAsync("/nowhere/a.zarr")).Member);

    public static TheoryData<string> Damages => ["short", "long", "cut", "cut-checksum", "trailing", "flipped", "text", "empty", "bomb"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_chunk_is_an_error_that_names_it(string damage)
    {
        using var folder = new TempFolder();
        var whole = StoreBuilder.Compress(new byte[24]);
        var bytes = damage switch
        {
            "short" => StoreBuilder.Compress(new byte[23]),
            "long" => StoreBuilder.Compress(new byte[25]),
            "cut" => whole[..^6],
            "cut-checksum" => whole[..^1],
            "trailing" => [.. whole, 0],
            "flipped" => [.. whole[..^1], (byte)(whole[^1] ^ 1)],
            "text" => "not zlib at all"u8.ToArray(),
            "empty" => [],
            _ => StoreBuilder.Compress(new byte[64 << 20]),
        };
        var store = await ZarrStore.OpenAsync(StoreBuilder.Hourly(0).Raw("t2m/0.0.0", bytes).Write(folder["a.zarr"]), null, default);

        var (before, thread) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CurrentManagedThreadId);
        var error = await Assert.ThrowsAsync<ZarrFormatException>(async () => await store.Find("t2m")!.ReadAllAsync<float>(default));

        Assert.Equal("chunk 0.0.0", error.Member);
        if (thread == Environment.CurrentManagedThreadId)
        {
            // What one thread has allocated says something only where the read has not moved to another.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    public async Task An_uncompressed_chunk_of_another_size_is_an_error(int bytes)
    {
        using var folder = new TempFolder();
        var builder = new StoreBuilder().Array("a", [2], [2], "<f4", ["a"]).Raw("a/0", new byte[bytes]);
        builder.Document("a/.zarray")["compressor"] = null;
        var store = await ZarrStore.OpenAsync(builder.Write(folder["a.zarr"]), null, default);

        await Assert.ThrowsAsync<ZarrFormatException>(async () => await store.Find("a")!.ReadAllAsync<float>(default));
    }

    [Fact]
    public async Task A_missing_chunk_without_a_fill_value_is_an_error()
    {
        using var folder = new TempFolder();
        var store = await ZarrStore.OpenAsync(StoreBuilder.Hourly(0, 1).Without("time/1").Write(folder["a.zarr"]), null, default);

        var error = await Assert.ThrowsAsync<ZarrFormatException>(async () => await store.Find("time")!.ReadAllAsync<long>(default));

        Assert.Equal("chunk 1", error.Member);
    }

    [Fact]
    public async Task A_read_larger_than_the_limit_is_refused_before_it_is_allocated()
    {
        using var folder = new TempFolder();
        var path = new StoreBuilder().Array("a", [1 << 15, 1 << 15], [1 << 10, 1 << 10], "<f8", ["y", "x"]).Write(folder["a.zarr"]);
        var store = await ZarrStore.OpenAsync(path, null, default);

        var error = await Assert.ThrowsAsync<ZarrFormatException>(async () => await store.Find("a")!.ReadAllAsync<double>(default));

        Assert.Equal("shape", error.Member);
    }

    [Fact]
    public async Task Fractions_are_not_read_as_whole_numbers()
    {
        using var folder = new TempFolder();
        var store = await ZarrStore.OpenAsync(StoreBuilder.Hourly(0).Write(folder["a.zarr"]), null, default);

        var error = await Assert.ThrowsAsync<ZarrFormatException>(async () => await store.Find("latitude")!.ReadAllAsync<long>(default));

        Assert.Equal("dtype", error.Member);
    }

    private static async Task<ZarrFormatException> RefusalAsync(string path, ZarrLimits? limits = null) =>
        await Assert.ThrowsAsync<ZarrFormatException>(async () => await ZarrStore.OpenAsync(path, limits, default));
}
