namespace RealtimeHub.Testing;

/// <summary>The work tree that the tests were built from.</summary>
public static class WorkTree
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RealtimeHub.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
