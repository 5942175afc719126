using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Server.Hubs.Climate.Frames;
using RealtimeHub.Server.Hubs.Climate.Masking;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>What the climate hub measures, by the names of the climate system. Thread-safe.</summary>
/// <remarks>Energy and carbon are estimates: measured computing time on one core times the factors of <see cref="ClimateHubOptions"/>. Nothing here is tagged with a place.</remarks>
internal sealed class ClimateMetrics
{
    private const double SecondsPerHour = 3600;
    private const double WattHoursPerKwh = 1000;

    private readonly ClimateHubOptions _options;
    private readonly Histogram<double> _inference;
    private readonly Histogram<double> _shap;
    private readonly Histogram<double> _ig;
    private readonly Histogram<double> _spatial;
    private readonly Counter<long> _masked;
    private readonly Counter<long> _flagged;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _started;
    private long _frames;
    private long _computingMicroseconds;
    private long _asked;
    private long _refusedByPolicy;

    public ClimateMetrics(IMeterFactory meters, GridCache cache, IOptions<ClimateHubOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _clock = clock;
        _started = clock.GetUtcNow();
        var meter = meters.Create(EngineMetrics.MeterName);
        _inference = meter.CreateHistogram<double>("climate.inference.latency_ms", "ms", "Time to make the numbers of a frame of fields, drivers or a tile.");
        _shap = meter.CreateHistogram<double>("xai.shap.latency_ms", "ms", "Time to make an explanation by Shapley values.");
        _ig = meter.CreateHistogram<double>("xai.ig.latency_ms", "ms", "Time to make an explanation by integrated gradients.");
        _spatial = meter.CreateHistogram<double>("xai.spatial.latency_ms", "ms", "Time to make an explanation of more than one place.");
        _masked = meter.CreateCounter<long>("care.masking.events", "{frame}", "Frames in which the policy masked something.");
        _flagged = meter.CreateCounter<long>("sovereignty.flagged_regions", "{request}", "Requests that the policy answered with less than was asked for.");
        meter.CreateObservableGauge("climate.inference.throughput_rps", Throughput, "{frame}/s", "Frames made per second since the start.");
        meter.CreateObservableGauge("climate.cache.hit_ratio", () => cache.HitRatio, "1", "Share of whole grids that were at hand.");
        meter.CreateObservableGauge("faircare.policy_compliance", () => 1.0, "1", "Share of frames that carry a policy decision: all, for others cannot be built.");
        meter.CreateObservableCounter("energy.wh_estimate", () => EnergyWh, "Wh", "Estimate: computing time on one core times WattsPerCore.");
        meter.CreateObservableCounter("carbon.gco2e_estimate", () => EnergyWh / WattHoursPerKwh * _options.GramsCo2PerKwh, "g", "Estimate: the energy times GramsCo2PerKwh.");
        meter.CreateObservableCounter("climate.requests", () => Volatile.Read(ref _asked), "{request}", "Requests for climate data.");
        meter.CreateObservableCounter("climate.requests.refused_by_policy", () => Volatile.Read(ref _refusedByPolicy), "{request}", "Requests that the policy refused.");
    }

    /// <summary>Estimated energy since the start.</summary>
    public double EnergyWh => Volatile.Read(ref _computingMicroseconds) / 1e6 * _options.WattsPerCore / SecondsPerHour;

    public void Made(FrameRecipe recipe, GridMask mask, TimeSpan time)
    {
        Interlocked.Increment(ref _frames);
        Interlocked.Add(ref _computingMicroseconds, (long)time.TotalMicroseconds);
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

        if (!mask.IsClear)
        {
            _masked.Add(1);
        }
    }

    public void Asked() => Interlocked.Increment(ref _asked);

    public void RefusedByPolicy()
    {
        Interlocked.Increment(ref _refusedByPolicy);
        _flagged.Add(1);
    }

    private double Throughput()
    {
        var seconds = (_clock.GetUtcNow() - _started).TotalSeconds;
        return seconds <= 0 ? 0 : Volatile.Read(ref _frames) / seconds;
    }
}
