using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RealtimeHub.Engine;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>Keeps what the server's meters say, for a scrape in the Prometheus text format. Thread-safe.</summary>
internal sealed class PrometheusRecorder : IHostedService, IDisposable
{
    // Of the framework only what tells of this server's health; its own names have few tag values.
    private static readonly HashSet<string> Meters =
        [EngineMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Runtime"];

    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly MeterListener _listener = new();
    private readonly IMeterFactory _own;
    private readonly Lock _scraping = new();

    public PrometheusRecorder(IMeterFactory own)
    {
        _own = own;
        _listener.InstrumentPublished = Published;
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((MetricFamily)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((MetricFamily)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((MetricFamily)state!).Record(value, tags));
        _listener.Start();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    /// <summary>Everything, as one page.</summary>
    public string Render()
    {
        lock (_scraping)
        {
            foreach (var family in _families.Values)
            {
                family.BeginScrape();
            }

            _listener.RecordObservableInstruments();
            return PrometheusText.Render(_families.Values.OrderBy(f => f.Name, StringComparer.Ordinal));
        }
    }

    // Several servers may live in one process; each has its own meters, but those of the runtime.
    private void Published(Instrument instrument, MeterListener listener)
    {
        var meter = instrument.Meter;
        if (Meters.Contains(meter.Name) && (meter.Scope is null ? meter.Name == "System.Runtime" : ReferenceEquals(meter.Scope, _own)))
        {
            listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, static i => new MetricFamily(i)));
        }
    }
}
