using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Server.Hubs.Climate.Frames;
using RealtimeHub.Server.Hubs.Climate.Models;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>What the climate hub measures, by the names of the climate system. Thread-safe.</summary>
/// <remarks>Energy and carbon are estimates: measured processor time times the factors of <see cref="ClimateHubOptions"/>. Nothing here is tagged with a place.</remarks>
internal sealed class ClimateMetrics
{
    private const double SecondsPerHour = 3600;
    private const double WattHoursPerKwh = 1000;

    private readonly ClimateHubOptions _options;
    private readonly ComputingTime _cpu;
    private readonly Histogram<double> _inference;
    private readonly Histogram<double> _shap;
    private readonly Histogram<double> _ig;
    private readonly Histogram<double> _cams;
    private readonly Histogram<double> _spatial;
    private readonly Counter<long> _prefetched;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _started;
    private long _frames;
    private long _asked;
    private long _refusedByPolicy;

    public ClimateMetrics(
        IMeterFactory meters, GridCache cache, EmbeddedClimateModel model, ComputingTime cpu, IOptions<ClimateHubOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _cpu = cpu;
        _clock = clock;
        _started = clock.GetUtcNow();
        var meter = meters.Create(EngineMetrics.MeterName);
        _inference = meter.CreateHistogram<double>("climate.inference.latency_ms", "ms", "Time to make the numbers of a frame of fields, drivers or a tile.");
        _shap = meter.CreateHistogram<double>("xai.shap.latency_ms", "ms", "Time to make an explanation by Shapley values.");
        _ig = meter.CreateHistogram<double>("xai.ig.latency_ms", "ms", "Time to make an explanation by integrated gradients.");
        _cams = meter.CreateHistogram<double>("xai.cams.latency_ms", "ms", "Time to refuse class activation maps, which the model has none of.");
        _spatial = meter.CreateHistogram<double>("xai.spatial.latency_ms", "ms", "Time to make an explanation of more than one place.");
        meter.CreateObservableGauge("climate.inference.throughput_rps", Throughput, "{frame}/s", "Frames made per second since the start.");
        meter.CreateObservableGauge("climate.model.load_ms", () => model.LoadTime.TotalMilliseconds, "ms", "Time that reading the embedded model took.");
        meter.CreateObservableGauge("climate.cache.hit_ratio", () => cache.HitRatio, "1", "Share of whole grids that were at hand.");
        meter.CreateObservableCounter("climate.cpu.seconds", () => _cpu.Seconds, "s", "Processor time of climate computations.");
        meter.CreateObservableCounter("energy.wh_estimate", () => EnergyWh, "Wh", "Estimate: processor time of climate computations times WattsPerCore.");
        meter.CreateObservableCounter("carbon.gco2e_estimate", () => EnergyWh / WattHoursPerKwh * _options.GramsCo2PerKwh, "g", "Estimate: the energy times GramsCo2PerKwh.");
        meter.CreateObservableCounter("climate.requests", () => Volatile.Read(ref _asked), "{request}", "Requests for climate data.");
        meter.CreateObservableCounter("climate.requests.refused_by_policy", () => Volatile.Read(ref _refusedByPolicy), "{request}", "Requests that the policy refused.");
        _prefetched = meter.CreateCounter<long>("climate.tiles.prefetched", "{tile}", "Tiles around viewports that were made before anybody asked.");
    }

    /// <summary>Estimated energy since the start.</summary>
    public double EnergyWh => _cpu.Seconds * _options.WattsPerCore / SecondsPerHour;

    public void Made(FrameRecipe recipe, TimeSpan time)
    {
        Interlocked.Increment(ref _frames);
        if (recipe.Kind != FrameKinds.Xai)
        {
            _inference.Record(time.TotalMilliseconds);
        }
        else
        {
            (recipe.Method == XaiComputer.Shap ? _shap : _ig).Record(time.TotalMilliseconds);
            if (recipe.Level != XaiLevels.Local)
            {
                _spatial.Record(time.TotalMilliseconds);
            }
        }
    }

    public void Asked() => Interlocked.Increment(ref _asked);

    public void Prefetched() => _prefetched.Add(1);

    /// <summary>Somebody asked for class activation maps.</summary>
    public void RefusedCams(TimeSpan time) => _cams.Record(time.TotalMilliseconds);

    public void RefusedByPolicy() => Interlocked.Increment(ref _refusedByPolicy);

    private double Throughput()
    {
        var seconds = (_clock.GetUtcNow() - _started).TotalSeconds;
        return seconds <= 0 ? 0 : Volatile.Read(ref _frames) / seconds;
    }
}
