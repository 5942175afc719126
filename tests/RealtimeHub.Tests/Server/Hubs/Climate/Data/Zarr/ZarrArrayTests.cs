using System.Numerics;
using FsCheck.Fluent;
using RealtimeHub.Server.Hubs.Climate.Data.Zarr;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data.Zarr;

public class ZarrArrayTests
{
    // Read with Python's zlib and struct.
    [Theory]
    [InlineData(Stores.Ruc, "t2m", new[] { 0, 0, 0 }, 300.96905517578125)]
    [InlineData(Stores.Ruc, "t2m", new[] { 4, 8, 17 }, 294.83502197265625)]
    [InlineData(Stores.Ruc, "t2m", new[] { 8, 16, 34 }, 304.0)]
    [InlineData(Stores.Ruc, "t", new[] { 4, 6, 8, 17 }, 293.1448059082031)]
    [InlineData(Stores.Ruc, "gh", new[] { 4, 20, 0, 34 }, 5889.2490234375)]
    [InlineData(Stores.Ruc, "orog", new[] { 10, 5 }, 967.1843872070312)]
    [InlineData(Stores.Ruc, "tp3h", new[] { 0, 0, 0 }, double.NaN)]
    [InlineData(Stores.Ruc, "level", new[] { 36 }, 100.0)]
    [InlineData(Stores.RucSurface, "t2m", new[] { 7, 38, 82 }, 306.8724365234375)]
    [InlineData(Stores.RucSurface, "td2m", new[] { 4, 20, 40 }, 290.7201843261719)]
    [InlineData(Stores.RucSurface, "orog", new[] { 38, 82 }, 305.0367126464844)]
    [InlineData(Stores.Gfs, "t", new[] { 0, 20, 7, 2 }, 200.60000610351562)]
    [InlineData(Stores.Hrrr, "tskin", new[] { 0, 136, 243 }, 290.1122741699219)]
    [InlineData(Stores.Hrrr, "tskin", new[] { 0, 63, 64 }, 291.0497741699219)]
    [InlineData(Stores.Hrrr, "tskin", new[] { 0, 64, 63 }, 291.2372741699219)]
    [InlineData(Stores.Hrrr, "y", new[] { 136 }, 209693.8474433364)]
    [InlineData(Stores.Nam, "srh_0_3km", new[] { 0, 0, 14 }, 32.63763427734375)]
    [InlineData(Stores.Stage2, "precip1h", new[] { 24, 0, 5 }, 71.80000305175781)]
    public async Task ReadAsync_gives_the_value_at_an_index(string store, string array, int[] index, double expected)
    {
        var values = await (await OpenAsync(store)).Find(array)!.ReadAsync<double>(new ZarrSlab(index, [.. index.Select(_ => 1)]), default);

        Assert.Equal(expected, Assert.Single(values));
    }

    [Fact]
    public async Task ReadAllAsync_reads_a_number_without_dimensions_exactly()
    {
        var reference = await (await OpenAsync(Stores.Hrrr)).Find("forecast_reference_time")!.ReadAllAsync<long>(default);

        Assert.Equal([1_690_005_600L], reference);
    }

    [Fact]
    public async Task ReadAllAsync_joins_padded_edge_chunks()
    {
        var values = await (await OpenAsync(Stores.Hrrr)).Find("tskin")!.ReadAllAsync<double>(default);

        Assert.Equal(137 * 244, values.Length);
        Assert.Equal(9714442.725952148, values.Sum(), 5);
    }

    [Theory]
    [InlineData(Stores.RucSurface, "t2m")]
    [InlineData(Stores.Hrrr, "tskin")]
    [InlineData(Stores.Stage2, "precip1h")]
    [InlineData(Stores.Gfs, "gh")]
    public async Task ReadAsync_of_any_box_equals_that_part_of_the_whole(string store, string name)
    {
        var array = (await OpenAsync(store)).Find(name)!;
        var shape = array.Metadata.Shape;
        var whole = await array.ReadAllAsync<float>(default);
        var boxes = Gen.ArrayOf(Gen.Choose(0, 10_000), 2 * shape.Length).Select(numbers => Box(shape, numbers)).ToArbitrary();

        Properties.Hold(boxes, box => Assert.Equal(Part(whole, shape, box), array.ReadAsync<float>(box, default).AsTask().GetAwaiter().GetResult()), times: 60);
    }

    [Fact]
    public async Task ReadAsync_opens_only_the_chunks_it_touches()
    {
        using var folder = new TempFolder();
        var copy = folder.Copy(Stores.PathOf(Stores.Hrrr), "a.zarr");
        foreach (var chunk in Directory.EnumerateFiles(Path.Combine(copy, "tskin"), "0.*").Where(f => !f.EndsWith("0.1.2", StringComparison.Ordinal)))
        {
            File.WriteAllText(chunk, "damaged");
        }

        var values = await (await ZarrStore.OpenAsync(copy, null, default)).Find("tskin")!.ReadAsync<float>(new ZarrSlab([0, 64, 128], [1, 64, 64]), default);

        Assert.Equal(64 * 64, values.Length);
        Assert.DoesNotContain(values, float.IsNaN);
    }

    [Theory]
    [InlineData("<f4", "NaN", double.NaN)]
    [InlineData("<f8", "-Infinity", double.NegativeInfinity)]
    [InlineData("<i2", "-7", -7.0)]
    [InlineData("|u1", "255", 255.0)]
    public async Task ReadAsync_fills_missing_chunks(string type, string fill, double expected)
    {
        using var folder = new TempFolder();
        var builder = new StoreBuilder().Array("a", [3], [2], type, ["a"]);
        builder.Document("a/.zarray")["fill_value"] = int.TryParse(fill, out var number) ? number : fill;
        var store = await ZarrStore.OpenAsync(builder.Write(folder["a.zarr"]), null, default);

        await HoldsAsync<double>(store, "a", [expected, expected, expected]);
    }

    [Fact]
    public async Task ReadAsync_reads_every_type_compressed_or_not_with_either_separator()
    {
        using var folder = new TempFolder();
        var builder = new StoreBuilder()
            .Array("f4", [2], [2], "<f4", ["x"]).Chunk("f4/0", 1.5f, -2f)
            .Array("f8", [2], [2], "<f8", ["x"]).Chunk("f8/0", 1.5, -2.0)
            .Array("i8", [2], [2], "<i8", ["x"]).Chunk("i8/0", long.MaxValue, -2L)
            .Array("i4", [2], [2], "<i4", ["x"]).Chunk("i4/0", int.MaxValue, -2)
            .Array("i2", [2], [2], "<i2", ["x"]).Chunk("i2/0", short.MaxValue, (short)-2)
            .Array("u1", [1, 2], [1, 1], "|u1", ["y", "x"]).Raw("u1/0/0", [250]).Raw("u1/0/1", [2]);
        builder.Document("u1/.zarray")["compressor"] = null;
        builder.Document("u1/.zarray")["dimension_separator"] = "/";
        var store = await ZarrStore.OpenAsync(builder.WriteUnconsolidated(folder["a.zarr"]), null, default);

        await HoldsAsync<double>(store, "f4", [1.5, -2]);
        await HoldsAsync<double>(store, "f8", [1.5, -2]);
        await HoldsAsync<long>(store, "i8", [long.MaxValue, -2]);
        await HoldsAsync<long>(store, "i4", [int.MaxValue, -2]);
        await HoldsAsync<float>(store, "i2", [short.MaxValue, -2f]);
        await HoldsAsync<long>(store, "u1", [250, 2]);
    }

    [Theory]
    [InlineData(new[] { 0, 0 }, new[] { 1, 1, 1 })]
    [InlineData(new[] { 0, 0, -1 }, new[] { 1, 1, 1 })]
    [InlineData(new[] { 0, 0, 2 }, new[] { 1, 1, 2 })]
    [InlineData(new[] { 0, 0, 0 }, new[] { 1, 1, int.MaxValue })]
    public async Task ReadAsync_refuses_a_box_that_leaves_the_array(int[] start, int[] count)
    {
        using var folder = new TempFolder();
        var store = await ZarrStore.OpenAsync(StoreBuilder.Hourly(0).Write(folder["a.zarr"]), null, default);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.Find("t2m")!.ReadAsync<float>(new ZarrSlab(start, count), default));
    }

    private static async Task HoldsAsync<T>(ZarrStore store, string array, T[] expected)
        where T : struct, INumberBase<T>
    {
        var values = await store.Find(array)!.ReadAllAsync<T>(default);

        Assert.Equal(expected, values);
    }

    private static async Task<ZarrStore> OpenAsync(string store) => await ZarrStore.OpenAsync(Stores.PathOf(store), null, default);

    private static ZarrSlab Box(int[] shape, int[] numbers)
    {
        int[] start = [.. shape.Select((length, d) => numbers[2 * d] % length)];
        return new ZarrSlab(start, [.. shape.Select((length, d) => 1 + (numbers[(2 * d) + 1] % (length - start[d])))]);
    }

    // The plain way: one index after the other.
    private static float[] Part(float[] whole, int[] shape, ZarrSlab box)
    {
        var part = new float[box.Count.Aggregate(1, (n, c) => n * c)];
        for (var i = 0; i < part.Length; i++)
        {
            int left = i, from = 0, stride = 1;
            for (var d = shape.Length - 1; d >= 0; d--)
            {
                from += (box.Start[d] + (left % box.Count[d])) * stride;
                left /= box.Count[d];
                stride *= shape[d];
            }

            part[i] = whole[from];
        }

        return part;
    }
}
