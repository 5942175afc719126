using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Status;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>Asks the graphics driver's own command. Used only by the sampler.</summary>
internal sealed class GpuProbe(IOptions<SystemSamplingOptions> options, TimeProvider time, ILogger<GpuProbe> logger)
{
    private readonly string? _command = CommandPath.Find(options.Value.GpuCommand, Environment.GetEnvironmentVariable("PATH"));
    private readonly TimeSpan _timeout = options.Value.GpuTimeout;
    private bool _isFailing;

    /// <summary>The graphics processors; nothing where there is none, or where the command fails or takes too long.</summary>
    public async Task<IReadOnlyList<GpuStatus>?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_command is null)
        {
            return null;
        }

        using var timeout = new CancellationTokenSource(_timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var (exitCode, output) = await RunAsync(_command, limit.Token);
            if (exitCode == 0)
            {
                _isFailing = false;
                return GpuText.Parse(output);
            }

            Fail($"it ended with code {exitCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Fail($"it did not end within {_timeout.TotalSeconds:0.###} s");
        }
        catch (Win32Exception error)
        {
            Fail(error.Message);
        }

        return null;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string command, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(command, GpuText.Arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        try
        {
            // Both are read at once, so that neither can fill up and hold the command.
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var complaints = process.StandardError.ReadToEndAsync(cancellationToken);
            await Task.WhenAll(output, complaints);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    // Once per episode: the command is asked every few seconds.
    private void Fail(string reason)
    {
        if (!_isFailing)
        {
            SamplingLog.GpuUnreadable(logger, _command!, reason);
        }

        _isFailing = true;
    }
}
