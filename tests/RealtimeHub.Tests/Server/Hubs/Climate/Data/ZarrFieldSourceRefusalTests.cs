using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data;

public class ZarrFieldSourceRefusalTests
{
    [Fact]
    public async Task OpenAsync_keeps_to_its_limits()
    {
        using var folder = new TempFolder();
        var path = StoreBuilder.Hourly(0, 1).Write(folder["a.zarr"]);

        var error = await Assert.ThrowsAsync<ZarrFormatException>(async () => await ZarrFieldSource.OpenAsync(
            path, new FieldStepCache(0), default, new ZarrLimits { MaxTimes = 1 }));
        var small = await ZarrFieldSource.OpenAsync(path, new FieldStepCache(0), default, new ZarrLimits { MaxValuesPerRead = 5 });

        Assert.Equal(("time", "shape"), (error.Array, error.Member));
        Assert.Equal("t2m", Assert.Single(small.Catalogue.Skipped).Name);
    }

    public static TheoryData<string, string> Unusable => new()
    {
        { "no-grid", "latitude and longitude" },
        { "no-time", "time" },
        { "calendar", "calendar" },
        { "units", "units" },
        { "unordered", "value 1" },
        { "far", "values" },
        { "zigzag", "values" },
        { "nan", "values" },
        { "eastward", "values" },
        { "times", "shape" },
        { "documents", ".zmetadata" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task OpenAsync_refuses_a_store_without_usable_coordinates(string kind, string member)
    {
        using var folder = new TempFolder();
        var builder = StoreBuilder.Hourly(0, 1);
        var path = folder["a.zarr"];
        switch (kind)
        {
            case "no-grid": builder.Document("latitude/.zattrs").Remove("standard_name"); break;
            case "no-time": builder.Document("time/.zattrs")["_ARRAY_DIMENSIONS"]![0] = "other"; break;
            case "calendar": builder.Document("time/.zattrs")["calendar"] = "noleap"; break;
            case "units": builder.Document("time/.zattrs")["units"] = "months since 1970-01-01"; break;
            case "unordered": builder.Chunk("time/1", 0L); break;
            case "far": builder.Chunk("latitude/0", 37.0, 91.0); break;
            case "zigzag": builder.Chunk("longitude/0", -100.0, -98.0, -99.0); break;
            case "nan": builder.Chunk("latitude/0", double.NaN, 38.0); break;
            case "eastward": builder.Chunk("longitude/0", -98.0, -99.0, -100.0); break;
            case "times": builder.Array("more", [3], [3], "<f4", ["time"]); break;
            default: builder.WriteUnconsolidated(path); break;
        }

        if (kind != "documents")
        {
            builder.Write(path);
        }

        var error = await Assert.ThrowsAsync<ZarrFormatException>(async () => await ZarrFieldSource.OpenAsync(path, new FieldStepCache(0), default));
        Assert.Equal(member, error.Member);
    }
}
