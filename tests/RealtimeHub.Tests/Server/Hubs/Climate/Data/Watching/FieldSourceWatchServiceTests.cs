using RealtimeHub.Server.Hubs.Climate.Data.Watching;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data.Watching;

public class FieldSourceWatchServiceTests
{
    private static readonly (string, string) NoRescan = ("RescanInterval", "1.00:00:00");
    private static readonly (string, string) NoWatching = ("WatchFolders", "false");

    [Fact]
    public async Task StartAsync_has_served_what_is_there()
    {
        await using var watched = new WatchedFolder(TimeProvider.System, ("Folders:0", "data/climate"));

        await watched.StartAsync();

        Assert.Equal([Stores.Ruc, Stores.RucSurface], watched.Directory.Sources.Select(s => s.Catalogue.Id));
    }

    [Fact]
    public async Task A_store_that_is_renamed_into_the_folder_is_served_at_once()
    {
        await using var watched = new WatchedFolder(TimeProvider.System, NoRescan);
        await watched.StartAsync();
        StoreBuilder.Hourly(0).Write(watched.Folder["a.zarr.partial"]);

        Directory.Move(watched.Folder["a.zarr.partial"], watched.Folder["a.zarr"]);

        Assert.Equal("a", (await watched.ChangeAsync("the renamed store is served")).Id);
    }

    [Fact]
    public async Task A_time_that_is_written_into_a_store_is_served_at_once()
    {
        await using var watched = new WatchedFolder(TimeProvider.System, NoRescan);
        StoreBuilder.Hourly(0).Write(watched.Folder["a.zarr"]);
        await watched.StartAsync();
        await watched.ChangeAsync("the store is served");

        StoreBuilder.Hourly(0, 1).Write(watched.Folder["a.zarr"]);

        Assert.Single((await watched.ChangeAsync("the time is served")).NewTimes);
    }

    [Fact]
    public async Task A_real_store_that_is_copied_file_by_file_is_served_when_it_is_complete()
    {
        await using var watched = new WatchedFolder(TimeProvider.System, NoRescan);
        await watched.StartAsync();

        watched.Folder.Copy(Stores.PathOf(Stores.Gfs), "gfs.zarr");

        var change = await watched.ChangeAsync("the copied store is served");
        Assert.Equal("122075fa07fac7aaa01b2cab3961a493e5956a6d79e9ebc77523856cfc620cc89529", change.Source!.Catalogue.Provenance.Digest);
    }

    [Fact]
    public async Task A_store_that_goes_is_told()
    {
        await using var watched = new WatchedFolder(TimeProvider.System, NoRescan);
        StoreBuilder.Hourly(0).Write(watched.Folder["a.zarr"]);
        await watched.StartAsync();
        await watched.ChangeAsync("the store is served");

        Directory.Move(watched.Folder["a.zarr"], watched.Folder["a.gone"]);

        Assert.Equal(FieldSourceChangeKind.Removed, (await watched.ChangeAsync("the store is gone")).Kind);
    }

    [Fact]
    public async Task The_rescan_finds_what_the_file_system_does_not_tell()
    {
        var time = new ManualTimeProvider();
        await using var watched = new WatchedFolder(time, NoWatching);
        await watched.StartAsync();
        StoreBuilder.Hourly(0).Write(watched.Folder["a.zarr"]);
        Assert.Equal(0, watched.Unseen);

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("a", (await watched.ChangeAsync("the rescan serves the store")).Id);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_yet_is_looked_for_again()
    {
        var time = new ManualTimeProvider();
        using var outer = new TempFolder();
        await using var watched = new WatchedFolder(time, ("Folders:0", outer["later"]));
        await watched.StartAsync();
        Assert.StartsWith("DataFolderMissing: ", Assert.Single(watched.Log.Messages), StringComparison.Ordinal);
        StoreBuilder.Hourly(0).Write(Path.Combine(outer["later"], "a.zarr"));

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("a", (await watched.ChangeAsync("the store in the new folder is served")).Id);
    }
}
