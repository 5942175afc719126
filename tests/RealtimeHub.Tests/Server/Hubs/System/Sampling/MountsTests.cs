using RealtimeHub.Server.Hubs.System.Sampling;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

public class MountsTests
{
    private static readonly string[] Mounted = ["/", "/srv", "/srv/data", "/srv/data-old"];

    [Theory]
    [InlineData("/srv/data/app", "/srv/data")]
    [InlineData("/srv/data", "/srv/data")]
    [InlineData("/srv/database", "/srv")]
    [InlineData("/home", "/")]
    public void Of_is_the_innermost_mount(string path, string expected) => Assert.Equal(expected, Mounts.Of(path, Mounted));

    [Fact]
    public void Of_is_absent_where_no_mount_holds_the_path() => Assert.Null(Mounts.Of("/home", ["/srv"]));

    [Fact]
    public void Read_tells_sizes_of_a_disk_that_is_there()
    {
        var mount = Mounts.Of(AppContext.BaseDirectory, Mounts.All());

        Assert.NotNull(mount);
        var disk = Mounts.Read(mount);
        Assert.NotNull(disk);
        Assert.InRange(disk.FreeBytes, 0, disk.TotalBytes);
    }

    [Fact]
    public void Read_is_absent_for_a_disk_that_is_not_there() => Assert.Null(Mounts.Read("/no/such/mount"));
}
