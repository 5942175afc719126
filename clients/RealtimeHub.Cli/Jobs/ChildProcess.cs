using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RealtimeHub.Cli.Jobs;

/// <summary>A command at work, with its output in our hands.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int Terminate = 15;

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public TextReader Output => _process.StandardOutput;

    public TextReader Error => _process.StandardError;

    /// <summary>Starts a command; its standard input is ours.</summary>
    /// <exception cref="CommandNotStartedException">There is no such command, or it may not be started.</exception>
    public static ChildProcess Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return new ChildProcess(Process.Start(start)!);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw new CommandNotStartedException(command[0], e);
        }
    }

    /// <summary>Waits for the end; on cancellation asks the command to end, and makes it end when the grace time has passed.</summary>
    public async Task<int> WaitAsync(TimeSpan grace, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            AskToEnd();
            try
            {
                await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(grace, time, CancellationToken.None).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }

        return _process.ExitCode;
    }

    public void Dispose() => _process.Dispose();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int processId, int signal);

    private void AskToEnd()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
        }
        else
        {
            _ = Signal(_process.Id, Terminate);
        }
    }
}
