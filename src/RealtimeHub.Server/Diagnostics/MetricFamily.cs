using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>One instrument's series. Thread-safe, and bounded: beyond a thousand combinations of tags the rest is one series.</summary>
internal sealed class MetricFamily
{
    private const int MaxSeries = 1_000;
    private const string Overflow = "overflow=\"true\"";

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly bool _isObserved;
    private readonly double[]? _bounds;

    public MetricFamily(Instrument instrument)
    {
        var type = instrument.GetType();
        var kind = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        _isObserved = instrument.IsObservable;
        var isHistogram = kind == typeof(Histogram<>);
        _bounds = isHistogram ? Bounds(instrument) : null;
        var isCounter = kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>);
        IsAdded = isCounter || kind == typeof(UpDownCounter<>);
        Type = isHistogram ? "histogram" : isCounter ? "counter" : "gauge";
        Name = PrometheusText.NameOf(instrument.Name, instrument.Unit, isCounter);
        Help = instrument.Description ?? instrument.Name;
    }

    public string Name { get; }

    public string Type { get; }

    public string Help { get; }

    public IEnumerable<KeyValuePair<string, MetricSeries>> Series => _series;

    private bool IsAdded { get; }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = KeyOf(tags);
        if (!_series.TryGetValue(key, out var series))
        {
            series = _series.GetOrAdd(_series.Count < MaxSeries ? key : Overflow, _ => new MetricSeries(_bounds));
        }

        series.Record(value, IsAdded && !_isObserved);
    }

    /// <summary>Forgets what observed instruments said the last time: a series that is not observed any more is gone.</summary>
    public void BeginScrape()
    {
        if (_isObserved)
        {
            _series.Clear();
        }
    }

    private static double[] Bounds(Instrument instrument)
    {
        var advised = instrument is Histogram<double> h ? h.Advice?.HistogramBucketBoundaries : null;
        return advised is { Count: > 0 } ? [.. advised] : [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    }

    private static string KeyOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(PrometheusText.LabelOf(name)).Append("=\"").Append(PrometheusText.Escape(value?.ToString() ?? "")).Append('"');
        }

        return text.ToString();
    }
}
