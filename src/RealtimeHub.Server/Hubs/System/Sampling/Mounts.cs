using RealtimeHub.Protocol.Status;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>Finds and reads the disk that a path lies on.</summary>
internal static class Mounts
{
    /// <summary>Where the machine's file systems are mounted.</summary>
    public static IReadOnlyList<string> All()
    {
        try
        {
            return Array.ConvertAll(DriveInfo.GetDrives(), drive => drive.Name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The innermost mount that holds the path; nothing when none does.</summary>
    public static string? Of(string path, IReadOnlyList<string> mounts) =>
        mounts.Where(mount => Holds(mount, path)).MaxBy(mount => mount.Length);

    /// <summary>Size and free space; nothing when the system does not tell.</summary>
    public static DiskStatus? Read(string mount)
    {
        try
        {
            var drive = new DriveInfo(mount);
            return new DiskStatus(mount, drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Holds(string mount, string path) =>
        path.StartsWith(mount, StringComparison.Ordinal)
        && (path.Length == mount.Length || Path.EndsInDirectorySeparator(mount) || path[mount.Length] == Path.DirectorySeparatorChar);
}
