using System.Text;
using RealtimeHub.Cli;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Cli;

/// <summary>One run of the command line in this process, with its own streams and environment.</summary>
internal sealed class CliRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly Task<int> _running;

    private CliRun(string[] arguments, string? url, string input, IReadOnlyDictionary<string, string>? environment)
    {
        var host = new CliHost
        {
            Output = Output,
            Error = Error,
            OpenInput = () => new MemoryStream(Encoding.UTF8.GetBytes(input)),
            GetEnvironmentVariable = name => name == "RTHUB_URL" ? url : environment?.GetValueOrDefault(name),
        };
        _running = Task.Run(() => RthubCommand.RunAsync(arguments, host, _interrupt.Token));
    }

    public LineLog Output { get; } = new();

    public LineLog Error { get; } = new();

    /// <summary>Starts a command against a server.</summary>
    public static CliRun Start(Uri? url, params string[] arguments) => new(arguments, url?.ToString(), "", null);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<CliResult> ToEndAsync(
        Uri? url, string[] arguments, string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var run = new CliRun(arguments, url?.ToString(), input, environment);
        return await run.EndAsync();
    }

    /// <summary>Interrupts the command, as Ctrl+C does, and waits for its end.</summary>
    public async Task<CliResult> InterruptAsync()
    {
        await _interrupt.CancelAsync();
        return await EndAsync();
    }

    public async Task<CliResult> EndAsync()
    {
        var code = await _running.WaitAsync(Limits.Wait, TestContext.Current.CancellationToken);
        return new CliResult(code, Output.Text, Error.Text);
    }

    public async ValueTask DisposeAsync()
    {
        await _interrupt.CancelAsync();
        await _running;
        _interrupt.Dispose();
        await Output.DisposeAsync();
        await Error.DisposeAsync();
    }
}
