using System.Diagnostics;
using System.Text;

namespace RealtimeHub.Testing;

/// <summary>A real process of ours with its output kept line by line. Disposing it kills it. Thread-safe.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly Process _process;
    private TaskCompletionSource _arrived = NewSignal();

    private ChildProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data is null ? null : $"! {e.Data}");
    }

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Everything printed so far; lines of standard error begin with <c>! </c>.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Starts a command.</summary>
    public static ChildProcess Start(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(start);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Starts one of our programs, which stands beside the tests.</summary>
    public static ChildProcess StartOurs(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Start("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments], environment);

    /// <summary>Waits for a line.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> isWanted, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (_lines.Find(l => isWanted(l)) is { } line)
                {
                    return line;
                }

                arrived = _arrived.Task;
            }

            try
            {
                await arrived.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Waited for {what}; the process printed: {string.Join(Environment.NewLine, Lines)}");
            }
        }
    }

    /// <summary>Waits for the process to end by itself; its exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? Limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The process did not end; it printed: {string.Join(Environment.NewLine, Lines)}");
        }
    }

    /// <summary>Kills it, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        TaskCompletionSource arrived;
        lock (_gate)
        {
            _lines.Add(line);
            (arrived, _arrived) = (_arrived, NewSignal());
        }

        arrived.TrySetResult();
    }
}
