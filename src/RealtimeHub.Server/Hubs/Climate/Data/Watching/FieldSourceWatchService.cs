using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.Climate.Data.Watching;

/// <summary>Scans the folders at start, when the file system tells of a change, and now and then.</summary>
internal sealed class FieldSourceWatchService(
    FieldSourceDirectory directory,
    DataFolders folders,
    ScanSignal signal,
    IOptions<ClimateDataOptions> options,
    TimeProvider time,
    ILogger<FieldSourceWatchService> logger) : BackgroundService
{
    // Copying a store tells of every file: the first scan comes at once, the next ones not faster than this.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);
    private ITimer? _rescan;

    /// <summary>Starts once the folders were scanned, so that the first subscriber finds what is there.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Watch();
        await directory.ScanAsync(cancellationToken);
        _rescan = time.CreateTimer(_ => signal.Raise(), null, options.Value.RescanInterval, options.Value.RescanInterval);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _rescan?.Dispose();
        foreach (var watcher in _watchers.Values)
        {
            watcher.Dispose();
        }

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await signal.WaitAsync(stoppingToken);
                Watch();
                await directory.ScanAsync(stoppingToken);
                await Task.Delay(Rest, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; an unfinished scan leaves what was served.
        }
    }

    // Folders may come and go; one that went takes its watcher with it.
    private void Watch()
    {
        if (!options.Value.WatchFolders)
        {
            return;
        }

        foreach (var folder in folders.Paths)
        {
            var exists = Directory.Exists(folder);
            if (exists && !_watchers.ContainsKey(folder))
            {
                TryWatch(folder);
            }
            else if (!exists && _watchers.Remove(folder, out var watcher))
            {
                watcher.Dispose();
            }
        }
    }

    private void TryWatch(string folder)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Created += (_, _) => signal.Raise();
        watcher.Changed += (_, _) => signal.Raise();
        watcher.Deleted += (_, _) => signal.Raise();
        watcher.Renamed += (_, _) => signal.Raise();
        watcher.Error += (_, _) => signal.Raise();
        _watchers.Add(folder, watcher);
        try
        {
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The watcher stays, switched off, so that this is told once.
            ClimateDataLog.DataFolderNotWatched(logger, folder, e.Message);
        }
    }
}
