using Microsoft.Extensions.Options;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;

namespace RealtimeHub.Server.Policy;

/// <summary>Reads the policy file at start, when the file system tells of a change, and now and then.</summary>
internal sealed class PolicyWatchService(PolicyStore policies, IOptions<CareOptions> options, TimeProvider time, ILogger<PolicyWatchService> logger) : BackgroundService
{
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(250);

    private readonly ScanSignal _signal = new();
    private FileSystemWatcher? _watcher;
    private ITimer? _rescan;

    /// <summary>Starts once the policy was read, so that the first caller is decided by it.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Watch();
        await policies.ReadAsync(cancellationToken);
        _rescan = time.CreateTimer(_ => _signal.Raise(), null, options.Value.RescanInterval, options.Value.RescanInterval);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _watcher?.Dispose();
        _rescan?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _signal.WaitAsync(stoppingToken);
                await ReadAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // A file that is written in place is half there for a moment; what cannot be read after that is in force, and denies.
    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (!await policies.TryReadAsync(cancellationToken))
        {
            await Task.Delay(Settling, time, cancellationToken);
            await policies.ReadAsync(cancellationToken);
        }
    }

    private void Watch()
    {
        if (!options.Value.WatchFile)
        {
            return;
        }

        try
        {
            // The folder, because a file that is replaced by renaming another is not the file that was watched.
            _watcher = new FileSystemWatcher(Path.GetDirectoryName(policies.Path)!, Path.GetFileName(policies.Path));
            _watcher.Created += (_, _) => _signal.Raise();
            _watcher.Changed += (_, _) => _signal.Raise();
            _watcher.Deleted += (_, _) => _signal.Raise();
            _watcher.Renamed += (_, _) => _signal.Raise();
            _watcher.Error += (_, _) => _signal.Raise();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            PolicyLog.PolicyNotWatched(logger, Path.GetFileName(policies.Path), e.Message);
        }
    }
}
