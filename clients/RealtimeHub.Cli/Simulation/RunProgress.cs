using System.Globalization;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Cli.Simulation;

/// <summary>One line that says how far a run is: bar, step rate, time left, and a feature as a sparkline.</summary>
internal sealed class RunProgress(TimeProvider time, string? feature)
{
    private const int BarWidth = 24;
    private const int SparkWidth = 24;
    private const double Smoothing = 0.3;

    private readonly Sparkline _sparkline = new(SparkWidth);
    private long? _last;
    private long _lastStep;
    private double _rate;

    /// <summary>Takes a state into account; the line to show.</summary>
    public string Next(SimulationState state)
    {
        Measure(state.Step);
        var shown = feature is not null && state.Metrics.ContainsKey(feature) ? feature : state.Metrics.Keys.FirstOrDefault();
        var value = shown is null ? 0.0 : state.Metrics[shown];
        _sparkline.Add(value);
        var left = state.TotalSteps is { } total && _rate > 0 ? TimeSpan.FromSeconds((total - state.Step) / _rate) : (TimeSpan?)null;
        var of = state.TotalSteps is { } all ? $"/{all}" : "";
        var eta = left is { } rest ? $"ETA {rest:mm\\:ss}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Bar(state.Progress)} {state.Step}{of}  {_rate:0.0} steps/s  {eta}  {shown} {_sparkline} {value:0.###}");
    }

    private static string Bar(double? progress)
    {
        var filled = (int)(Math.Clamp(progress ?? 0.0, 0.0, 100.0) / 100.0 * BarWidth);
        return $"[{new string('█', filled)}{new string('░', BarWidth - filled)}]";
    }

    private void Measure(long step)
    {
        var now = time.GetTimestamp();
        if (_last is { } last && time.GetElapsedTime(last, now).TotalSeconds is var seconds and > 0)
        {
            var rate = (step - _lastStep) / seconds;
            _rate = _rate == 0 ? rate : _rate + (Smoothing * (rate - _rate));
        }

        (_last, _lastStep) = (now, step);
    }
}
