using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RealtimeHub.Testing;

/// <summary>The real server as a process of its own, on embedded defaults; it can be killed and started again on the same port.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private ServerProcess(ChildProcess process, Uri uri) => (Process, Uri) = (process, uri);

    public ChildProcess Process { get; }

    public Uri Uri { get; }

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="uri">Where; null for a port that is free.</param>
    /// <param name="environment">Variables of the process besides its own.</param>
    public static async Task<ServerProcess> StartAsync(Uri? uri = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        uri ??= new Uri($"http://127.0.0.1:{FreePort()}");
        var process = ChildProcess.StartOurs(
            "RealtimeHub.Server.dll",
            ["--urls", uri.ToString(), "--SampleData:Enabled", "false", "--Audit:Path", "", "--Drain:Delay", "00:00:00"],
            new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { ["ASPNETCORE_ENVIRONMENT"] = "Development" });
        await process.WaitForLineAsync(l => l.Contains("RealtimeHub listens on", StringComparison.Ordinal), "the server to listen");
        return new ServerProcess(process, uri);
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
