namespace RealtimeHub.Science.Drivers;

/// <summary>The drivers of a grid.</summary>
/// <remarks>Written by <see cref="GridDrivers"/> only; reading is safe from many threads once it has returned.</remarks>
public sealed class DriverFields
{
    private readonly double[] _values;

    internal DriverFields(int cells)
    {
        Cells = cells;
        _values = new double[cells * ColumnDrivers.Count];
    }

    /// <summary>Number of cells.</summary>
    public int Cells { get; }

    /// <summary>One driver, one value per cell, row by row; NaN where it is missing or was not asked for.</summary>
    /// <param name="driver">The driver.</param>
    public ReadOnlySpan<double> this[Driver driver] => _values.AsSpan((int)driver * Cells, Cells);

    internal void Write(int cell, ReadOnlySpan<double> values)
    {
        for (var driver = 0; driver < ColumnDrivers.Count; driver++)
        {
            _values[(driver * Cells) + cell] = values[driver];
        }
    }
}
