using IOPath = System.IO.Path;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data;

/// <summary>A folder of its own, removed in the end.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("realtimehub-").FullName;

    public string this[string name] => IOPath.Combine(Path, name);

    /// <summary>Copies a directory into the folder.</summary>
    public string Copy(string from, string name)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = IOPath.Combine(this[name], IOPath.GetRelativePath(from, file));
            Directory.CreateDirectory(IOPath.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
