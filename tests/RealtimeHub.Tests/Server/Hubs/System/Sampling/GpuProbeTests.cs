using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Status;
using RealtimeHub.Server.Hubs.System.Sampling;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

public sealed class GpuProbeTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gpu-probe");
    private readonly ManualTimeProvider _clock = new();
    private readonly CapturedLog<GpuProbe> _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ReadAsync_reads_what_the_command_prints()
    {
        var probe = Probe(Script("case \"$1\" in --query-gpu=name,*) echo 'Tesla T4, 12, 100, 15360, 40';; esac"));

        Assert.Equal([new GpuStatus("Tesla T4", 12, 100L << 20, 15360L << 20, 40)], await probe.ReadAsync(Token).WaitAsync(Limit, Token));
        Assert.Empty(_log.Messages);
    }

    [Fact]
    public async Task ReadAsync_kills_a_command_that_hangs_and_its_children()
    {
        var probe = Probe(Script("sleep 600"));

        var reading = probe.ReadAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(2));

        // It waits for the end of the process, so it could not complete if that were still alive.
        Assert.Null(await reading.WaitAsync(Limit, Token));
        Assert.Contains("did not end within 2 s", Assert.Single(_log.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_logs_a_failing_command_once_per_episode()
    {
        var mark = Path.Combine(_folder.FullName, "broken");
        var probe = Probe(Script($"[ ! -e '{mark}' ] || exit 9; echo 'Tesla T4, 1, 1, 1, 1'"));

        await File.WriteAllTextAsync(mark, "", Token);
        Assert.Null(await probe.ReadAsync(Token));
        Assert.Null(await probe.ReadAsync(Token));
        File.Delete(mark);
        Assert.NotNull(await probe.ReadAsync(Token));
        await File.WriteAllTextAsync(mark, "", Token);
        Assert.Null(await probe.ReadAsync(Token));

        Assert.Equal(2, _log.Messages.Count);
        Assert.All(_log.Messages, m => Assert.Contains("ended with code 9", m, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadAsync_is_absent_for_a_file_that_cannot_be_run()
    {
        var file = Path.Combine(_folder.FullName, "nvidia-smi");
        await File.WriteAllTextAsync(file, "not a program", Token);

        Assert.Null(await Probe(file).ReadAsync(Token));
        Assert.Single(_log.Messages);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/no/such/nvidia-smi")]
    public async Task ReadAsync_is_absent_and_silent_without_a_command(string command)
    {
        Assert.Null(await Probe(command).ReadAsync(Token));
        Assert.Empty(_log.Messages);
    }

    [Fact]
    public async Task ReadAsync_passes_on_a_cancellation()
    {
        using var cancelled = new CancellationTokenSource();
        var reading = Probe(Script("sleep 600")).ReadAsync(cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Limit, Token));
    }

    private GpuProbe Probe(string command) => new(Options.Create(new SystemSamplingOptions { GpuCommand = command }), _clock, _log);

    private string Script(string body)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for the command is a shell script.");
        var file = Path.Combine(_folder.FullName, "nvidia-smi");
        File.WriteAllText(file, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return file;
    }
}
