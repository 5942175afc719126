namespace RealtimeHub.Science.Simulation.Features;

/// <summary>How a field changes from step to step, kept up with each step at a constant cost in memory.</summary>
/// <remarks>Not thread-safe. Values as they are shown: millivolts for a potential.</remarks>
public sealed class ChangeTracker(double shownScale)
{
    private const double StableDeviation = 0.001;
    private const int StableSteps = 10;

    private float[]? _previous;
    private double _meanSum;
    private int _calmSteps;
    private long? _stableAt;
    private double _timeSum;
    private double _energySum;
    private double _timeSquares;
    private double _timeEnergy;
    private long _points;

    /// <summary>How many steps were followed.</summary>
    public long Steps { get; private set; }

    /// <summary>The mean over the steps of the mean absolute change.</summary>
    public double MeanChange => Steps == 0 ? 0.0 : _meanSum / Steps;

    /// <summary>The largest absolute change of any cell in any step.</summary>
    public double MaxChange { get; private set; }

    /// <summary>The step with which ten steps in a row had a deviation of the change below 0.001; as many as were followed while there are none.</summary>
    public long StepsToStable => _stableAt ?? Steps;

    /// <summary>The slope of the sum of squares over the steps, by least squares.</summary>
    public double EnergyTrend
    {
        get
        {
            var denominator = (_points * _timeSquares) - (_timeSum * _timeSum);
            return denominator == 0.0 ? 0.0 : ((_points * _timeEnergy) - (_timeSum * _energySum)) / denominator;
        }
    }

    /// <summary>Takes the next step into account; the first call is where it begins.</summary>
    public void Follow(FieldGrid grid, int field)
    {
        var isFirst = _previous is null;
        _previous ??= new float[grid.Size * grid.Size];
        var (absolute, sum, squares, energy, largest) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < grid.Size; row++)
        {
            var cells = grid.Row(field, row);
            var before = _previous.AsSpan(row * grid.Size, grid.Size);
            for (var column = 0; column < cells.Length; column++)
            {
                var value = cells[column] * shownScale;
                var change = value - (before[column] * shownScale);
                absolute += Math.Abs(change);
                sum += change;
                squares += change * change;
                largest = Math.Max(largest, Math.Abs(change));
                energy += value * value;
            }

            cells.CopyTo(before);
        }

        var time = (double)_points++;
        _timeSum += time;
        _timeSquares += time * time;
        _energySum += energy;
        _timeEnergy += time * energy;
        if (!isFirst)
        {
            Book(absolute, sum, squares, largest, (double)grid.Size * grid.Size);
        }
    }

    private void Book(double absolute, double sum, double squares, double largest, double count)
    {
        Steps++;
        _meanSum += absolute / count;
        MaxChange = Math.Max(MaxChange, largest);
        var mean = sum / count;
        var isCalm = Math.Sqrt(Math.Max(0.0, (squares / count) - (mean * mean))) < StableDeviation;
        _calmSteps = isCalm ? _calmSteps + 1 : 0;
        _stableAt ??= _calmSteps >= StableSteps ? Steps : null;
    }
}
