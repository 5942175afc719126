using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RealtimeHub.Testing;

/// <summary>A real redis-server process in a folder of its own; it can be stopped, killed, paused and started again. Disposing it kills it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("realtimehub-redis-").FullName;
    private readonly string[] _arguments;
    private ChildProcess? _process;
    private bool _isPaused;

    private RedisServer(int port, string[] arguments)
    {
        Port = port;
        _arguments = arguments;
    }

    /// <summary>Why there can be no server; null if there can.</summary>
    public static string? Missing { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "redis-server")))
            ? null
            : "redis-server is not installed (Debian: apt-get install redis-server).";

    public int Port { get; }

    /// <summary>The number of its process.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>What <c>Redis:Endpoints</c> takes.</summary>
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts a server. What it has accepted is on disk before it says so.</summary>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = new RedisServer(FreePort(), arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts the server again, on the same port.</summary>
    /// <param name="isEmpty">Whether what it had is deleted first.</param>
    public async Task StartAgainAsync(bool isEmpty = false)
    {
        if (isEmpty)
        {
            Directory.Delete(_folder, recursive: true);
            Directory.CreateDirectory(_folder);
        }

        _process = ChildProcess.Start(
            "redis-server",
            [
                "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder, "--save", "",
                "--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no", .. _arguments,
            ]);
        await _process.WaitForLineAsync(l => l.Contains("Ready to accept connections", StringComparison.Ordinal), "redis-server to listen");
    }

    /// <summary>Kills it, as a crash would.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Stops it where it is (SIGSTOP): its connections stay, and nothing answers.</summary>
    public void Pause()
    {
        _isPaused = true;
        Signal("-STOP");
    }

    /// <summary>Lets it go on.</summary>
    public void Continue()
    {
        if (_isPaused)
        {
            _isPaused = false;
            Signal("-CONT");
        }
    }

    /// <summary>Runs <c>redis-cli</c>; what it prints.</summary>
    public async Task<string> CliAsync(params string[] arguments)
    {
        await using var cli = ChildProcess.Start("redis-cli", ["-p", Port.ToString(CultureInfo.InvariantCulture), .. arguments]);
        await cli.WaitForExitAsync();
        return string.Join('\n', cli.Lines);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            Continue();
            await _process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Signal(string signal)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
