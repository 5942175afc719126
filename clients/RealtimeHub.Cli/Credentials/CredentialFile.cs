using System.Text.Json;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Cli.Credentials;

/// <summary>The file in which login keeps credentials. Only its owner may read it; one that others can read is refused.</summary>
internal sealed class CredentialFile
{
    private const string FolderVariable = "RTHUB_CONFIG";
    private const string FileName = "credentials.json";
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    private CredentialFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>The file of this user; null where there is no place for one.</summary>
    public static CredentialFile? Find(Func<string, string?> variable)
    {
        var folder = Named(FolderVariable, "") ?? Named("XDG_CONFIG_HOME", "rthub") ?? Named("HOME", ".config/rthub") ?? Named("APPDATA", "rthub");
        return folder is null ? null : new CredentialFile(System.IO.Path.Combine(folder, FileName));

        string? Named(string name, string under) => variable(name) is { Length: > 0 } root ? System.IO.Path.Combine(root, under) : null;
    }

    /// <exception cref="MisuseException">Others can read the file, or it holds something else.</exception>
    public CredentialBook Read()
    {
        if (!File.Exists(Path))
        {
            return CredentialBook.Empty;
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) & ~OwnerFolder) != 0)
        {
            throw new MisuseException($"Others can read {Path}; say chmod 600 {Path}, and think about new credentials.");
        }

        try
        {
            using var stream = File.OpenRead(Path);
            return JsonSerializer.Deserialize<CredentialBook>(stream, RealtimeJson.Options) is { Servers: not null } book ? book : CredentialBook.Empty;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{Path} cannot be read as credentials; remove it and log in again.");
        }
    }

    /// <summary>Replaces the file as a whole, so that no half of it is ever seen.</summary>
    public void Write(CredentialBook book)
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
            options.UnixCreateMode = OwnerFile;
        }

        var temporary = $"{Path}.{Environment.ProcessId}";
        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, book, RealtimeJson.Options);
        }

        File.Move(temporary, Path, overwrite: true);
    }
}
