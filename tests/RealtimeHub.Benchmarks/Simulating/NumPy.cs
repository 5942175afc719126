using System.Diagnostics;
using System.Globalization;

namespace RealtimeHub.Benchmarks.Simulating;

/// <summary>The same work in NumPy, in a process of its own.</summary>
internal static class NumPy
{
    /// <summary>The number that the script prints; null where there is no Python with NumPy.</summary>
    public static double? Run(params IReadOnlyList<string> arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Simulating", "gray_scott.py");
        var start = new ProcessStartInfo("/usr/bin/python3", [script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? double.Parse(output, CultureInfo.InvariantCulture) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
