using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.Climate.Data.Watching;

/// <summary>The full paths of the configured folders.</summary>
internal sealed class DataFolders(IOptions<ClimateDataOptions> options, IHostEnvironment environment)
{
    private const string Bundled = "data/climate";

    public IReadOnlyList<string> Paths { get; } =
        [.. (options.Value.Folders.Count == 0 ? [Bundled] : options.Value.Folders).Select(folder => Resolve(folder, environment.ContentRootPath))];

    // A server that is started elsewhere still finds what was installed with it.
    private static string Resolve(string folder, string contentRoot)
    {
        var path = Path.GetFullPath(folder, Path.GetFullPath(contentRoot));
        var installed = Path.GetFullPath(folder, AppContext.BaseDirectory);
        return Path.TrimEndingDirectorySeparator(!Directory.Exists(path) && Directory.Exists(installed) ? installed : path);
    }
}
