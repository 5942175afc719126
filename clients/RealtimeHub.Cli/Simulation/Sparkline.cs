namespace RealtimeHub.Cli.Simulation;

/// <summary>The newest values of one feature as a row of bars.</summary>
internal sealed class Sparkline(int width)
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    private readonly Queue<double> _values = new();

    public void Add(double value)
    {
        _values.Enqueue(value);
        if (_values.Count > width)
        {
            _values.Dequeue();
        }
    }

    /// <summary>The bars, the smallest value shown as the lowest.</summary>
    public override string ToString()
    {
        if (_values.Count == 0)
        {
            return "";
        }

        var (min, max) = (_values.Min(), _values.Max());
        return string.Concat(_values.Select(v => Bars[max > min ? (int)((v - min) / (max - min) * (Bars.Length - 1)) : 0]));
    }
}
