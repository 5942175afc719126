using System.Diagnostics;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>The servers that Node runs, with packages that are installed beside this program when they are first needed.</summary>
internal static class NodeServers
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Node");

    /// <summary>Whether they can be started here: Node is there, and its packages are or can be installed.</summary>
    public static bool AreAvailable { get; } = Succeeds("node", "--version")
        && (Directory.Exists(Path.Combine(Folder, "node_modules")) || Succeeds("npm", "ci", "--prefix", Folder, "--no-audit", "--no-fund", "--silent"));

    /// <summary>What starts one.</summary>
    public static ProcessStartInfo StartInfo(string variant) =>
        new("node", ["--expose-gc", Path.Combine(Folder, "server.mjs"), variant]) { RedirectStandardInput = true, RedirectStandardOutput = true };

    private static bool Succeeds(string program, params IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
