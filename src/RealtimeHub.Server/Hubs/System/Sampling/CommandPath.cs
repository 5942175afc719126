namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>Finds a command as a shell does.</summary>
internal static class CommandPath
{
    /// <summary>The file of a command: the path itself, or the first one of this name on the search path; nothing when there is none.</summary>
    public static string? Find(string command, string? searchPath)
    {
        if (command.Length == 0)
        {
            return null;
        }

        if (command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return File.Exists(command) ? command : null;
        }

        return (searchPath ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, command), Path.Combine(folder, command + ".exe") })
            .FirstOrDefault(File.Exists);
    }
}
