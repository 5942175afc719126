using RealtimeHub.Server.Hubs.System.Sampling;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

public sealed class CommandPathTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("command-path");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Find_looks_through_the_search_path_in_order()
    {
        var file = Path.Combine(_folder.FullName, "tool");
        File.WriteAllText(file, "");

        Assert.Equal(file, CommandPath.Find("tool", $"/no/such/folder{Path.PathSeparator}{_folder.FullName}"));
        Assert.Equal(file, CommandPath.Find(file, null));
    }

    [Theory]
    [InlineData("tool", null)]
    [InlineData("tool", "")]
    [InlineData("", "/")]
    [InlineData("/no/such/tool", "/")]
    public void Find_is_absent_where_there_is_none(string command, string? searchPath) => Assert.Null(CommandPath.Find(command, searchPath));
}
