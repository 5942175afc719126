namespace RealtimeHub.Testing;

/// <summary>A real nginx process with a configuration of its own. Disposing it kills it.</summary>
public sealed class NginxServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly ChildProcess _process;

    private NginxServer(string folder, ChildProcess process) => (_folder, _process) = (folder, process);

    /// <summary>Where nginx is; null if it is not installed.</summary>
    public static string? Path { get; } = Array.Find(["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"], File.Exists);

    /// <summary>Starts nginx with a configuration; the caller waits until it answers.</summary>
    public static NginxServer Start(string configuration)
    {
        var folder = Directory.CreateTempSubdirectory("realtimehub-nginx-").FullName;
        var file = System.IO.Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, configuration);
        return new NginxServer(folder, ChildProcess.Start(
            Path!, ["-p", folder, "-c", file, "-e", "stderr", "-g", $"daemon off; master_process off; pid {folder}/nginx.pid;"]));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
