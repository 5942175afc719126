using FsCheck.Fluent;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data;

public class ZarrFieldSourceTests
{
    [Theory]
    [InlineData(Stores.Ruc, 17, 35, 9, 14, "50afe1f6df88e51b2bdd6b94a510eb35630ca622bc9e71309d8966a0f1c47ac5")]
    [InlineData(Stores.RucSurface, 39, 83, 9, 9, "2272c422140be59f197cc2673938e238ccb5424d72c89e1473280ef3dd51d2e4")]
    [InlineData(Stores.Gfs, 8, 13, 1, 9, "75fa07fac7aaa01b2cab3961a493e5956a6d79e9ebc77523856cfc620cc89529")]
    [InlineData(Stores.Hrrr, 137, 244, 1, 1, "7d309af47acd8cdd9972787941bc0224230ee2977ff1d4d04a48d175846d679f")]
    [InlineData(Stores.Nam, 14, 15, 1, 19, "0f85da702bb74afc44f72158fe2a1f1067f10ae5478d306eddeecb73961fded3")]
    [InlineData(Stores.Stage2, 24, 28, 25, 1, "b507a1e579fe9a5ea882d597270da9882d26a98c9c30e57a35a2569b10d3aa3e")]
    public async Task OpenAsync_catalogues_every_store(string store, int rows, int columns, int times, int variables, string sha256)
    {
        var catalogue = (await OpenAsync(store)).Catalogue;

        Assert.Equal(store, catalogue.Id);
        Assert.Equal((rows, columns), (catalogue.Grid.Rows, catalogue.Grid.Columns));
        Assert.Equal(times, catalogue.Times.Count);
        Assert.Equal(variables, catalogue.Variables.Count);
        Assert.Empty(catalogue.Skipped);
        Assert.Equal("1220" + sha256, catalogue.Provenance.Digest);
        Assert.Contains("Public domain", catalogue.Provenance.License, StringComparison.Ordinal);
        Assert.NotNull(catalogue.Provenance.Source);
    }

    [Fact]
    public async Task Catalogue_tells_what_the_attributes_say()
    {
        var catalogue = (await OpenAsync(Stores.Ruc)).Catalogue;

        Assert.Equal("WRF-ARW (RUC 13 km domain) forecast over Kansas, initialised 2005-08-07T00:00Z", catalogue.Title);
        Assert.Equal(Utc(2005, 8, 7, 0), catalogue.ReferenceTime);
        Assert.Equal((Utc(2005, 8, 7, 0), Utc(2005, 8, 8, 0)), (catalogue.Times.First, catalogue.Times.Last));
        Assert.Equal(TimeSpan.FromHours(3), catalogue.Times.Step);
        Assert.Equal(new GeoBox(-102.5, 36.5, -94, 40.5), catalogue.Extent);
        Assert.Equal("latitude_longitude", catalogue.Grid.Mapping!.Name);
        var t = catalogue.Variables["t"];
        Assert.Equal((37, 1000, 100, "hPa", "K", "air_temperature"), (t.Levels.Count, t.Levels[0], t.Levels[^1], t.LevelUnits, t.Units, t.StandardName));
        var td2m = catalogue.Variables["td2m"];
        Assert.True(td2m is { IsDerived: true, HasLevels: false, HeightMetres: 2, IsStatic: false });
        Assert.True(catalogue.Variables["orog"].IsStatic);
        Assert.Equal("time: sum (interval: 3 hours)", catalogue.Variables["tp3h"].CellMethods);
        Assert.True(File.Exists(catalogue.Provenance.ReadmePath));
    }

    [Fact]
    public async Task Catalogue_of_a_projected_grid_names_its_projection()
    {
        var catalogue = (await OpenAsync(Stores.Hrrr)).Catalogue;

        Assert.Equal(FieldGridKind.Curvilinear, catalogue.Grid.Kind);
        Assert.Equal(new GridMapping("lambert_conformal_conic", 6_371_229, 38.5, -97.5, 38.5), catalogue.Grid.Mapping);
        Assert.Equal(40.27621078491211, catalogue.Grid.LatitudeAt(136, 0), 12);
        Assert.Equal(-94.03861236572266, catalogue.Grid.LongitudeAt(136, 243), 12);
        Assert.Equal(Utc(2023, 7, 22, 6), catalogue.ReferenceTime);
        Assert.Null((await OpenAsync(Stores.Stage2)).Catalogue.ReferenceTime);
    }

    [Fact]
    public async Task ReadAsync_turns_latitudes_that_descend()
    {
        var source = await OpenAsync(Stores.Gfs);

        var field = await FieldAsync(source, new FieldRequest("t2m", 0));

        Assert.Equal((35.0, 42.0), (field.Grid.Latitudes[0], field.Grid.Latitudes[^1]));
        Assert.Equal(276.3f, field.Values[0]);
        Assert.Equal(292f, field.Values[12]);
        Assert.Equal(275.7f, field.Values[7 * 13]);
        Assert.Equal(281.6f, (await FieldAsync(source, new FieldRequest("t", 0, 925, new GridWindow(0, 2, 1, 1)))).Values[0]);
    }

    [Fact]
    public async Task ReadAsync_gives_one_level_or_all_from_the_ground_up()
    {
        var source = await OpenAsync(Stores.Ruc);
        var window = new GridWindow(8, 17, 1, 1);

        var one = await FieldAsync(source, new FieldRequest("t", 4, 850, window));
        var all = await FieldAsync(source, new FieldRequest("t", 4, null, window));

        Assert.Equal([293.1448059082031f], one.Values);
        Assert.Equal([850.0], one.Levels);
        Assert.Equal(37, all.Values.Length);
        Assert.Equal(293.1448059082031f, all.Values[6]);
        Assert.Equal((38.5, -98.25), (one.Grid.LatitudeAt(0, 0), one.Grid.LongitudeAt(0, 0)));
        Assert.Equal(Utc(2005, 8, 7, 12), one.Time);
        Assert.Equal(source.Catalogue.Provenance.Digest, one.Digest);
    }

    [Fact]
    public async Task ReadAsync_gives_a_static_variable_at_every_time()
    {
        var source = await OpenAsync(Stores.Ruc);

        var first = await FieldAsync(source, new FieldRequest("orog", 0));
        var last = await FieldAsync(source, new FieldRequest("orog", 8));

        Assert.Null(first.Time);
        Assert.Equal(967.1843872070312f, first.Values[(10 * 35) + 5]);
        Assert.Equal(first.Values, last.Values);
    }

    [Fact]
    public async Task Mean_temperature_follows_the_day()
    {
        var source = await OpenAsync(Stores.Ruc);
        double[] expected = [302.8922058105469, 299.53149752576815, 296.8761337664949, 294.9159344328552, 294.07613038135173, 301.75882178555014, 305.7954617027475, 306.4927682059152, 304.4855017910485];

        for (var time = 0; time < expected.Length; time++)
        {
            var field = await FieldAsync(source, new FieldRequest("t2m", time));
            Assert.Equal(expected[time], field.Values.Select(v => (double)v).Sum() / 595, 9);
        }
    }

    [Fact]
    public async Task What_a_source_lacks_is_an_outcome()
    {
        var source = await OpenAsync(Stores.Gfs);

        Assert.Equal(FieldReadStatus.VariableNotAvailable, await StatusAsync(source, new FieldRequest("td2m", 0)));
        Assert.Equal(FieldReadStatus.VariableNotAvailable, await StatusAsync(source, new FieldRequest("latitude", 0)));
        Assert.Equal(FieldReadStatus.TimeNotAvailable, await StatusAsync(source, new FieldRequest("t2m", 1)));
        Assert.Equal(FieldReadStatus.TimeNotAvailable, await StatusAsync(source, new FieldRequest("t2m", -1)));
        Assert.Equal(FieldReadStatus.LevelNotAvailable, await StatusAsync(source, new FieldRequest("t", 0, 851)));
        Assert.Equal(FieldReadStatus.LevelNotAvailable, await StatusAsync(source, new FieldRequest("t2m", 0, 850)));
        Assert.Equal(FieldReadStatus.OutsideGrid, await StatusAsync(source, new FieldRequest("t2m", 0, null, new GridWindow(0, 0, 9, 1))));
        Assert.Equal(FieldReadStatus.OutsideGrid, await StatusAsync(source, new FieldRequest("t2m", 0, null, new GridWindow(0, 0, 0, 1))));
        Assert.Equal(FieldReadStatus.OutsideGrid, await StatusAsync(source, new FieldRequest("t2m", 0, null, new GridWindow(0, int.MaxValue, 1, 1))));
    }

    [Theory]
    [InlineData(Stores.Gfs, "gh")]
    [InlineData(Stores.RucSurface, "t2m")]
    [InlineData(Stores.Hrrr, "tskin")]
    public async Task ReadAsync_gives_the_same_with_and_without_a_cache(string store, string variable)
    {
        var cached = await OpenAsync(store);
        var direct = await OpenAsync(store, cacheBytes: 0);
        var grid = cached.Catalogue.Grid;
        var levels = cached.Catalogue.Variables[variable].Levels;
        var requests = Gen.ArrayOf(Gen.Choose(0, 100_000), 5).Select(n =>
        {
            int row = n[0] % grid.Rows, column = n[1] % grid.Columns;
            var window = new GridWindow(row, column, 1 + (n[2] % (grid.Rows - row)), 1 + (n[3] % (grid.Columns - column)));
            return new FieldRequest(variable, n[4] % cached.Catalogue.Times.Count, levels.Count == 0 || n[4] % 3 == 0 ? null : levels[n[4] % levels.Count], window);
        });

        Properties.Hold(requests.ToArbitrary(), request => Assert.Equal(
            FieldAsync(direct, request).GetAwaiter().GetResult().Values, FieldAsync(cached, request).GetAwaiter().GetResult().Values), times: 60);
    }

    [Fact]
    public async Task ReadAsync_hands_out_values_of_the_caller_s_own()
    {
        var source = await OpenAsync(Stores.Gfs);

        (await FieldAsync(source, new FieldRequest("t2m", 0))).Values.AsSpan().Clear();

        Assert.Equal(276.3f, (await FieldAsync(source, new FieldRequest("t2m", 0))).Values[0]);
    }

    [Fact]
    public async Task ReadAsync_never_gives_values_of_another_dataset_than_the_digest_says()
    {
        using var folder = new TempFolder();
        var path = StoreBuilder.Hourly(0, 1).Write(folder["a.zarr"]);
        var source = await ZarrFieldSource.OpenAsync(path, new FieldStepCache(0), default);
        StoreBuilder.Hourly(0, 1).Chunk("t2m/1.0.0", StoreBuilder.Step(7)).Write(path);

        Assert.Equal(FieldReadStatus.SourceChanged, await StatusAsync(source, new FieldRequest("t2m", 1)));
        Assert.Equal(FieldReadStatus.Read, await StatusAsync(source, new FieldRequest("t2m", 0)));
        Directory.Delete(path, recursive: true);
        Assert.Equal(FieldReadStatus.SourceChanged, await StatusAsync(source, new FieldRequest("t2m", 0)));
    }

    [Fact]
    public async Task ReadAsync_unpacks_scaled_integers()
    {
        using var folder = new TempFolder();
        var builder = StoreBuilder.Hourly(0)
            .Array("packed", [1, 2, 3], [1, 2, 3], "<i2", ["time", "latitude", "longitude"])
            .Chunk<short>("packed/0.0.0", 0, 1, 2, -32768, 4, -9);
        builder.Document("packed/.zattrs")["scale_factor"] = 0.5;
        builder.Document("packed/.zattrs")["add_offset"] = 273.0;
        builder.Document("packed/.zattrs")["_FillValue"] = -32768;
        builder.Document("packed/.zattrs")["missing_value"] = -9;
        var source = await ZarrFieldSource.OpenAsync(builder.Write(folder["a.zarr"]), new FieldStepCache(0), default);

        var field = await FieldAsync(source, new FieldRequest("packed", 0));

        Assert.Equal([273, 273.5f, 274, float.NaN, 275, float.NaN], field.Values);
    }

    [Fact]
    public async Task OpenAsync_turns_levels_that_run_down_and_longitudes_beyond_180()
    {
        using var folder = new TempFolder();
        var builder = StoreBuilder.Hourly(0)
            .Chunk("longitude/0", 260.0, 261.0, 262.0)
            .Array("level", [2], [2], "<f4", ["level"], ("axis", "Z"), ("positive", "down"), ("units", "hPa")).Chunk("level/0", 500f, 850f)
            .Array("t", [1, 2, 2, 3], [1, 1, 2, 3], "<f4", ["time", "level", "latitude", "longitude"])
            .Chunk("t/0.0.0.0", 1f, 2f, 3f, 4f, 5f, 6f).Chunk("t/0.1.0.0", 7f, 8f, 9f, 10f, 11f, 12f);
        var source = await ZarrFieldSource.OpenAsync(builder.Write(folder["a.zarr"]), new FieldStepCache(0), default);

        var all = await FieldAsync(source, new FieldRequest("t", 0));
        var upper = await FieldAsync(source, new FieldRequest("t", 0, 500, new GridWindow(0, 1, 1, 2)));

        Assert.Equal([-100.0, -99, -98], source.Catalogue.Grid.Longitudes);
        Assert.Equal([850.0, 500], source.Catalogue.Variables["t"].Levels);
        Assert.Equal([7f, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6], all.Values);
        Assert.Equal([2f, 3], upper.Values);
    }

    [Fact]
    public async Task OpenAsync_leaves_out_arrays_that_are_not_on_the_grid_and_says_so()
    {
        using var folder = new TempFolder();
        var builder = StoreBuilder.Hourly(0)
            .Array("turned", [1, 3, 2], [1, 3, 2], "<f4", ["time", "longitude", "latitude"]).Chunk("turned/0.0.0", new float[6])
            .Array("profile", [1], [1], "<f4", ["time"]).Chunk("profile/0", 1f);

        var catalogue = (await ZarrFieldSource.OpenAsync(builder.Write(folder["a.zarr"]), new FieldStepCache(0), default)).Catalogue;

        Assert.Equal(["t2m"], catalogue.Variables.Keys);
        Assert.Equal(["profile", "turned"], catalogue.Skipped.Select(s => s.Name).Order());
    }

    private static async Task<ZarrFieldSource> OpenAsync(string store, long cacheBytes = 16 << 20) =>
        await ZarrFieldSource.OpenAsync(Stores.PathOf(store), new FieldStepCache(cacheBytes), default);

    private static async Task<Field> FieldAsync(ZarrFieldSource source, FieldRequest request)
    {
        var read = await source.ReadAsync(request, default);
        Assert.True(read.IsRead, read.Why);
        return read.Field;
    }

    private static async Task<FieldReadStatus> StatusAsync(ZarrFieldSource source, FieldRequest request) => (await source.ReadAsync(request, default)).Status;

    private static DateTimeOffset Utc(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);
}
