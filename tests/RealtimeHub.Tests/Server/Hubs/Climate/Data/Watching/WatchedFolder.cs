using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;
using RealtimeHub.Tests.Engine;
using RealtimeHub.Tests.Server.Hubs.System.Sampling;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data.Watching;

/// <summary>The watching side of the server over a folder of its own.</summary>
internal sealed class WatchedFolder : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly BlockingCollection<FieldSourceChange> _changes = [];
    private readonly SemaphoreSlim _changed = new(0);
    private bool _isStarted;

    public WatchedFolder(TimeProvider time, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration[$"{ClimateDataOptions.SectionName}:Folders:0"] = Folder.Path;
        foreach (var (key, value) in settings)
        {
            builder.Configuration[$"{ClimateDataOptions.SectionName}:{key}"] = value;
        }

        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<ILogger<FieldSourceDirectory>>(Log);
        builder.Services.AddClimateData();
        _services = builder.Services.BuildServiceProvider();
        Directory = _services.GetRequiredService<FieldSourceDirectory>();
        Directory.Changed += change =>
        {
            _changes.Add(change);
            _changed.Release();
        };
    }

    public TempFolder Folder { get; } = new();

    public CapturedLog<FieldSourceDirectory> Log { get; } = new();

    public FieldSourceDirectory Directory { get; }

    /// <summary>The changes that nobody has asked for yet.</summary>
    public int Unseen => _changes.Count;

    private FieldSourceWatchService Service => _services.GetServices<IHostedService>().OfType<FieldSourceWatchService>().Single();

    public async Task StartAsync()
    {
        _isStarted = true;
        await Service.StartAsync(default);
    }

    public Task ScanAsync() => Directory.ScanAsync(default);

    /// <summary>The next change, which was or will be told.</summary>
    public async Task<FieldSourceChange> ChangeAsync(string what)
    {
        await Soon.HappensAsync(_changed.WaitAsync(), what);
        return _changes.Take();
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStarted)
        {
            await Service.StopAsync(default);
        }

        await _services.DisposeAsync();
        Folder.Dispose();
        _changes.Dispose();
        _changed.Dispose();
    }
}
