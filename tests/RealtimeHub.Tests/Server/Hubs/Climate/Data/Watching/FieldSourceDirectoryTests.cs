using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data.Watching;

public class FieldSourceDirectoryTests
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    [Fact]
    public async Task ScanAsync_serves_a_store_that_appears()
    {
        await using var watched = new WatchedFolder(TimeProvider.System);
        StoreBuilder.Hourly(0, 1).Write(watched.Folder["a.zarr"]);

        await watched.ScanAsync();

        var change = await watched.ChangeAsync("the store is added");
        Assert.Equal((FieldSourceChangeKind.Added, "a"), (change.Kind, change.Id));
        Assert.Equal([Epoch, Epoch.AddHours(1)], change.NewTimes);
        Assert.Same(change.Source, watched.Directory.Find("a"));
        Assert.Equal(StoreBuilder.Step(1), await ValuesAsync(watched, 1));
    }

    [Fact]
    public async Task ScanAsync_tells_nothing_when_nothing_changed()
    {
        await using var watched = new WatchedFolder(TimeProvider.System);
        StoreBuilder.Hourly(0).Write(watched.Folder["a.zarr"]);
        await watched.ScanAsync();
        await watched.ChangeAsync("the store is added");
        var source = watched.Directory.Find("a");

        await watched.ScanAsync();
        File.SetLastWriteTimeUtc(Path.Combine(watched.Folder["a.zarr"], "t2m", "0.0.0"), DateTime.UnixEpoch);
        await watched.ScanAsync();

        Assert.Equal(0, watched.Unseen);
        Assert.Same(source, watched.Directory.Find("a"));
    }

    [Fact]
    public async Task ScanAsync_serves_a_time_that_appears_and_leaves_the_older_source_readable()
    {
        await using var watched = new WatchedFolder(TimeProvider.System);
        StoreBuilder.Hourly(0).Write(watched.Folder["a.zarr"]);
        await watched.ScanAsync();
        var before = (await watched.ChangeAsync("the store is added")).Source!;
        StoreBuilder.Hourly(0, 1).Write(watched.Folder["a.zarr"]);

        await watched.ScanAsync();

        var change = await watched.ChangeAsync("the time is added");
        Assert.Equal(FieldSourceChangeKind.Updated, change.Kind);
        Assert.Equal([Epoch.AddHours(1)], change.NewTimes);
        Assert.NotEqual(before.Catalogue.Provenance.Digest, change.Source!.Catalogue.Provenance.Digest);
        Assert.Equal(StoreBuilder.Step(0), (await before.ReadAsync(new FieldRequest("t2m", 0), default)).Field!.Values);
    }

    [Fact]
    public async Task ScanAsync_holds_back_a_time_until_every_chunk_of_it_is_there()
    {
        await using var watched = new WatchedFolder(TimeProvider.System);
        var whole = StoreBuilder.Hourly(0, 1, 2);
        whole.Without("t2m/1.0.0").Write(watched.Folder["a.zarr"]);
        await watched.ScanAsync();
        Assert.Equal([Epoch, Epoch.AddHours(2)], (await watched.ChangeAsync("two times are there")).NewTimes);
        Assert.Equal(StoreBuilder.Step(2), await ValuesAsync(watched, 1));

        whole.Chunk("t2m/1.0.0", StoreBuilder.Step(1)).Write(watched.Folder["a.zarr"]);
        await watched.ScanAsync();

        Assert.Equal([Epoch.AddHours(1)], (await watched.ChangeAsync("the third is there")).NewTimes);
        Assert.Equal(StoreBuilder.Step(1), await ValuesAsync(watched, 1));
    }

    [Fact]
    public async Task ScanAsync_holds_back_a_time_whose_chunk_is_half_written()
    {
        await using var watched = new WatchedFolder(TimeProvider.System);
        var store = StoreBuilder.Hourly(0, 1);
        store.Write(watched.Folder["a.zarr"]);
        var chunk = Path.Combine(watched.Folder["a.zarr"], "t2m", "1.0.0");
        var bytes = await File.ReadAllBytesAsync(chunk);
        await File.WriteAllBytesAsync(chunk, bytes[..^3]);

        await watched.ScanAsync();
        Assert.Equal([Epoch], (await watched.ChangeAsync("one time is there")).NewTimes);

        await File.WriteAllBytesAsync(chunk, bytes);
        await watched.ScanAsync();
        Assert.Equal([Epoch.AddHours(1)], (await watched.ChangeAsync("the other is there")).NewTimes);
    }

    [Fact]
    public async Task ScanAsync_holds_back_a_store_without_its_metadata_or_coordinates()
    {
        await using var watched = new WatchedFolder(TimeProvider.System);
        var store = StoreBuilder.Hourly(0);
        store.Write(watched.Folder["a.zarr"]);
        File.Move(Path.Combine(watched.Folder["a.zarr"], ".zmetadata"), watched.Folder["metadata"]);
        await watched.ScanAsync();
        File.Move(watched.Folder["metadata"], Path.Combine(watched.Folder["a.zarr"], ".zmetadata"));
        File.Move(Path.Combine(watched.Folder["a.zarr"], "latitude", "0"), watched.Folder["latitude"]);
        await watched.ScanAsync();

        Assert.Empty(watched.Directory.Sources);
        Assert.StartsWith("StoreRefused: ", watched.Log.Messages[0], StringComparison.Ordinal);
        Assert.StartsWith("StoreIncomplete: ", watched.Log.Messages[1], StringComparison.Ordinal);

        File.Move(watched.Folder["latitude"], Path.Combine(watched.Folder["a.zarr"], "latitude", "0"));
        await watched.ScanAsync();
        Assert.NotNull(watched.Directory.Find("a"));
    }

    [Fact]
    public async Task A_chunk_that_is_declared_missing_means_the_fill_value()
    {
        await using var watched = new WatchedFolder(TimeProvider.System);
        var store = StoreBuilder.Hourly(0, 1).Without("t2m/1.0.0");
        store.Document("t2m/.zattrs")["missing_chunks"] = new JsonArray("1.0.0");
        store.Write(watched.Folder["a.zarr"]);

        await watched.ScanAsync();

        Assert.Equal(2, watched.Directory.Find("a")!.Catalogue.Times.Count);
        Assert.All(await ValuesAsync(watched, 1), v => Assert.True(float.IsNaN(v)));
    }

    [Fact]
    public async Task ScanAsync_serves_a_rewritten_chunk_under_another_digest()
    {
        await using var watched = new WatchedFolder(TimeProvider.System);
        StoreBuilder.Hourly(0).Write(watched.Folder["a.zarr"]);
        await watched.ScanAsync();
        await watched.ChangeAsync("the store is added");
        Assert.Equal(StoreBuilder.Step(0), await ValuesAsync(watched, 0));
        StoreBuilder.Hourly(0).Chunk("t2m/0.0.0", StoreBuilder.Step(5)).Write(watched.Folder["a.zarr"]);

        await watched.ScanAsync();

        var change = await watched.ChangeAsync("the store is updated");
        Assert.Equal(FieldSourceChangeKind.Updated, change.Kind);
        Assert.Empty(change.NewTimes);
        Assert.Equal(StoreBuilder.Step(5), await ValuesAsync(watched, 0));
    }

    [Fact]
    public async Task A_rewrite_that_the_file_system_hides_is_found_by_reading()
    {
        await using var watched = new WatchedFolder(TimeProvider.System, ("CacheBytes", "0"));
        var store = StoreBuilder.Hourly(0).Raw("t2m/0.0.0", new byte[24]);
        store.Document("t2m/.zarray")["compressor"] = null;
        var path = store.Write(watched.Folder["a.zarr"]);
        await watched.ScanAsync();
        var before = (await watched.ChangeAsync("the store is added")).Source!;
        var chunk = Path.Combine(path, "t2m", "0.0.0");
        var written = File.GetLastWriteTimeUtc(chunk);
        await File.WriteAllBytesAsync(chunk, MemoryMarshal.AsBytes<float>(StoreBuilder.Step(1)).ToArray());
        File.SetLastWriteTimeUtc(chunk, written);

        var read = await before.ReadAsync(new FieldRequest("t2m", 0), default);
        await watched.ScanAsync();

        Assert.Equal(FieldReadStatus.SourceChanged, read.Status);
        Assert.Equal(StoreBuilder.Step(1), await ValuesAsync(watched, 0));
    }

    [Fact]
    public async Task ScanAsync_tells_that_a_store_went()
    {
        await using var watched = new WatchedFolder(TimeProvider.System);
        StoreBuilder.Hourly(0).Write(watched.Folder["a.zarr"]);
        await watched.ScanAsync();
        await watched.ChangeAsync("the store is added");
        Directory.Delete(watched.Folder["a.zarr"], recursive: true);

        await watched.ScanAsync();

        var change = await watched.ChangeAsync("the store is removed");
        Assert.Equal((FieldSourceChangeKind.Removed, null), (change.Kind, change.Source));
        Assert.Empty(watched.Directory.Sources);
    }

    [Fact]
    public async Task ScanAsync_stops_serving_a_store_that_is_broken_and_says_so_once()
    {
        await using var watched = new WatchedFolder(TimeProvider.System);
        StoreBuilder.Hourly(0).Write(watched.Folder["a.zarr"]);
        StoreBuilder.Hourly(0).Write(watched.Folder["b.zarr"]);
        await watched.ScanAsync();
        await File.WriteAllTextAsync(Path.Combine(watched.Folder["a.zarr"], ".zmetadata"), "broken");

        await watched.ScanAsync();
        await watched.ScanAsync();

        Assert.Equal(["b"], watched.Directory.Sources.Select(s => s.Catalogue.Id));
        Assert.Single(watched.Log.Messages, m => m.StartsWith("StoreRefused: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ScanAsync_passes_over_names_that_are_still_being_written()
    {
        await using var watched = new WatchedFolder(TimeProvider.System);
        StoreBuilder.Hourly(0).Write(watched.Folder[".a.zarr"]);
        StoreBuilder.Hourly(0).Write(watched.Folder["b.zarr.partial"]);
        StoreBuilder.Hourly(0).Write(watched.Folder["c"]);

        await watched.ScanAsync();

        Assert.Empty(watched.Directory.Sources);
    }

    [Fact]
    public async Task ScanAsync_serves_no_more_stores_than_allowed_and_the_first_folder_s_of_one_name()
    {
        using var second = new TempFolder();
        await using var watched = new WatchedFolder(TimeProvider.System, ("Folders:1", second.Path), ("MaxStores", "2"));
        StoreBuilder.Hourly(0).Write(watched.Folder["a.zarr"]);
        StoreBuilder.Hourly(7).Write(second["a.zarr"]);
        StoreBuilder.Hourly(7).Write(second["b.zarr"]);
        StoreBuilder.Hourly(7).Write(second["c.zarr"]);

        await watched.ScanAsync();

        Assert.Equal(["a", "b"], watched.Directory.Sources.Select(s => s.Catalogue.Id));
        Assert.Equal(Epoch, watched.Directory.Find("a")!.Catalogue.Times.First);
    }

    private static async Task<float[]> ValuesAsync(WatchedFolder watched, int time)
    {
        var read = await watched.Directory.Find("a")!.ReadAsync(new FieldRequest("t2m", time), default);
        Assert.True(read.IsRead, read.Why);
        return read.Field.Values;
    }
}
