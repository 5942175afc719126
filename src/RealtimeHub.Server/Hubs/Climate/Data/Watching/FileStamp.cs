namespace RealtimeHub.Server.Hubs.Climate.Data.Watching;

/// <summary>What the file system tells about a file without opening it.</summary>
internal readonly record struct FileStamp(long Length, DateTime WrittenAtUtc)
{
    /// <summary>The stamp of a file; null where there is none.</summary>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
    }
}
