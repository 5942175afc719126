using RealtimeHub.Testing;

namespace RealtimeHub.IntegrationTests;

public sealed class ToolTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    // The tests stand in bin/{configuration}/net10.0, and the command was built with them in the same configuration.
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private readonly string _folder = Directory.CreateTempSubdirectory("tool").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Rthub_is_packed_as_a_tool_that_installs_from_the_package_and_runs()
    {
        var (packages, tools) = (Path.Combine(_folder, "packages"), Path.Combine(_folder, "tools"));
        await DotnetAsync("pack", "clients/RealtimeHub.Cli", "--no-build", "--configuration", Configuration, "--output", packages);

        // A cache of its own: an older package of the same version must not be taken in its place.
        await DotnetAsync("tool", "install", "RealtimeHub.Cli", "--tool-path", tools, "--source", packages, "--no-cache");

        await using var server = await ServerProcess.StartAsync();
        await using var version = ChildProcess.Start(Path.Combine(tools, "rthub"), ["--version"]);
        await using var list = ChildProcess.Start(Path.Combine(tools, "rthub"), ["channels", "list", "--url", server.Uri.ToString()]);

        Assert.Equal((0, 0), (await version.WaitForExitAsync(), await list.WaitForExitAsync()));
        Assert.Contains(version.Lines, l => l.StartsWith("0.", StringComparison.Ordinal));
        Assert.Contains(list.Lines, l => l.StartsWith("system ", StringComparison.Ordinal));
    }

    private async Task DotnetAsync(params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(_folder, "cache"), ["DOTNET_NOLOGO"] = "1" };
        if (arguments[0] == "pack")
        {
            environment.Remove("NUGET_PACKAGES");
        }

        await using var dotnet = ChildProcess.Start("dotnet", arguments, environment, WorkTree.Root);
        Assert.True(await dotnet.WaitForExitAsync(Limit) == 0, string.Join('\n', dotnet.Lines));
    }
}
